import { createProcessContext } from '@ddp/service-kit/run-process';
import { composeHouse } from './compose.ts';
import { readConfig } from './config.ts';
import { announceDemo } from './demo/announce-demo.ts';
import { seedDemo } from './demo/seed-demo.ts';

/** Fills an install with the demo and ends: for services that run as processes of their own. */
const base = createProcessContext();
const config = readConfig(base.environment);
const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
const context = { ...base, environment: { ...base.environment, PUBLIC_URL: publicUrl } };
const say = (line: string) => process.stdout.write(`${line}\n`);

const house = await composeHouse(context);
await seedDemo(context, house, { days: config.DDP_DEMO_DAYS, say });
say(await announceDemo(context, house, publicUrl));
await house.stop();
process.exit(0);
