import { entryPosted } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { notePosting } from '../operations/follow-entry.ts';

export const onEntryPosted = (deps: PointsDeps) =>
  defineConsumer(entryPosted, (delivery) => notePosting(deps, delivery));
