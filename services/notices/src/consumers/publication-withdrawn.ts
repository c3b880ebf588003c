import { publicationWithdrawn } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { NoticesDeps } from '../deps.ts';
import { withdrawRequested } from '../operations/withdraw-entry.ts';

export const onPublicationWithdrawn = (deps: NoticesDeps) =>
  defineConsumer(publicationWithdrawn, (delivery) => withdrawRequested(deps, delivery));
