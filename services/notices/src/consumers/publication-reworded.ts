import { publicationReworded } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { NoticesDeps } from '../deps.ts';
import { rewordEntry } from '../operations/reword-entry.ts';

export const onPublicationReworded = (deps: NoticesDeps) =>
  defineConsumer(publicationReworded, (delivery) => rewordEntry(deps, delivery));
