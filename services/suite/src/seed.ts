import { runMain } from '@ddp/service-kit/run-process';
import { openSuite } from './open-suite.ts';

/** Fills an install with the demo and ends: for services that run as processes of their own. */
await runMain(async () => {
  const { house, fillDemo } = await openSuite('all');
  await fillDemo();
  await house.stop();
  process.exit(0);
});
