import { noticeRequested } from '@ddp/contracts/notices/events';
import { defineGroupConsumer } from '@ddp/queue-kit/consumer';
import type { NoticesDeps } from '../deps.ts';
import { tellAudiences } from '../operations/tell-audience.ts';

export const onNoticeRequested = (deps: NoticesDeps) =>
  defineGroupConsumer(noticeRequested, (deliveries) => tellAudiences(deps, deliveries));
