import { noticeRequested } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { NoticesDeps } from '../deps.ts';
import { tellAudience } from '../operations/tell-audience.ts';

export const onNoticeRequested = (deps: NoticesDeps) =>
  defineConsumer(noticeRequested, (delivery) => tellAudience(deps, delivery));
