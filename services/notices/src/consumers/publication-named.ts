import { publicationNamed } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { NoticesDeps } from '../deps.ts';
import { nameEntry } from '../operations/name-entry.ts';

export const onPublicationNamed = (deps: NoticesDeps) =>
  defineConsumer(publicationNamed, (delivery) => nameEntry(deps, delivery));
