import { batchRequested } from '@ddp/contracts/codes/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { CodesDeps } from '../deps.ts';
import { runBatch } from '../operations/run-batch.ts';

export const onBatchRequested = (deps: CodesDeps) =>
  defineConsumer(batchRequested, (delivery) => runBatch(deps, delivery));
