import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { NoticesDatabase } from './database.ts';
import type { SendSms } from './sms-sender.ts';

/** What every operation of this service may use. */
export interface NoticesDeps extends ServiceDeps<NoticesDatabase> {
  sendSms: SendSms;
}
