import type { ModuleContext } from '@ddp/service-kit/module';
import { createProcessContext } from '@ddp/service-kit/run-process';
import { composeHouse, type House } from './compose.ts';
import { readConfig, type SuiteConfig } from './config.ts';
import { announceDemo } from './demo/announce-demo.ts';
import { seedDemo } from './demo/seed-demo.ts';

export interface OpenedSuite {
  config: SuiteConfig;
  context: ModuleContext;
  house: House;
  /** Fills the demo where it is not whole yet, and says what it has. */
  fillDemo(): Promise<void>;
}

/** The services of this process by its environment, not yet at work: those it names, or all. */
export async function openSuite(mounted: 'named' | 'all'): Promise<OpenedSuite> {
  const base = createProcessContext();
  const config = readConfig(base.environment);
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const context = { ...base, environment: { ...base.environment, PUBLIC_URL: publicUrl } };
  const names = mounted === 'named' ? config.SUITE_MODULES : undefined;
  const house = await composeHouse(context, names);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  return {
    config,
    context,
    house,
    async fillDemo() {
      await seedDemo(context, house, { days: config.DDP_DEMO_DAYS, say });
      say(await announceDemo(context, house, publicUrl));
    },
  };
}
