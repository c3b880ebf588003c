import { listen } from '@ddp/service-kit/http-server';
import { createProcessContext, runMain, stopOnSignal } from '@ddp/service-kit/run-process';
import { composeHouse } from './compose.ts';
import { readConfig } from './config.ts';
import { announceDemo } from './demo/announce-demo.ts';
import { seedDemo } from './demo/seed-demo.ts';

const drainMs = 10_000;

await runMain(async () => {
  const base = createProcessContext();
  const config = readConfig(base.environment);
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const context = { ...base, environment: { ...base.environment, PUBLIC_URL: publicUrl } };
  const say = (line: string) => process.stdout.write(`${line}\n`);

  const house = await composeHouse(context, config.SUITE_MODULES);
  if (config.DDP_DEMO) await seedDemo(context, house, { days: config.DDP_DEMO_DAYS, say });
  // Told before the suite answers, so that whoever waits for it has heard everything by then.
  if (config.DDP_DEMO) say(await announceDemo(context, house, publicUrl));
  const server = await listen(house.fetch, { port: config.PORT, host: context.host.DDP_HOST });
  await house.start();
  context.log.info({ port: server.port }, 'the suite is listening');
  stopOnSignal(context, async () => {
    await server.close(drainMs);
    await house.stop();
  });
});
