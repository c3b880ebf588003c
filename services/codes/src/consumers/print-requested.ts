import { printRequested } from '@ddp/contracts/codes/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { CodesDeps } from '../deps.ts';
import { makePrint } from '../operations/make-print.ts';

export const onPrintRequested = (deps: CodesDeps) =>
  defineConsumer(printRequested, (delivery) => makePrint(deps, delivery));
