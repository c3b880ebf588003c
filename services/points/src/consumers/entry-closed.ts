import { entryClosed } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { settleEntry } from '../operations/follow-entry.ts';

export const onEntryClosed = (deps: PointsDeps) =>
  defineConsumer(entryClosed, (delivery) => settleEntry(deps, delivery));
