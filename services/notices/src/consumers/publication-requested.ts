import { publicationRequested } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { NoticesDeps } from '../deps.ts';
import { publishRequested } from '../operations/publish-entry.ts';

export const onPublicationRequested = (deps: NoticesDeps) =>
  defineConsumer(publicationRequested, (delivery) => publishRequested(deps, delivery));
