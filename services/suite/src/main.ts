import { listen } from '@ddp/service-kit/http-server';
import { runMain, stopOnSignal } from '@ddp/service-kit/run-process';
import { openSuite } from './open-suite.ts';

const drainMs = 10_000;

await runMain(async () => {
  const { config, context, house, fillDemo } = await openSuite('named');
  // Told before the suite answers, so that whoever waits for it has heard everything by then.
  if (config.DDP_DEMO) await fillDemo();
  const server = await listen(house.fetch, { port: config.PORT, host: context.host.DDP_HOST });
  await house.start();
  context.log.info({ port: server.port }, 'the suite is listening');
  stopOnSignal(context, async () => {
    house.drain();
    await server.close(drainMs);
    await house.stop();
  });
});
