import type { CommitGroup } from '@ddp/db-kit/group-commit';
import type { ImageRoom } from '@ddp/files/image-room';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { RewardsDatabase } from './database.ts';
import type { SettlementDays } from './domain/settlement-clock.ts';
import type { RequestCommand, RequestVerdict } from './operations/write-requests.ts';
import type { CodeCommand, CodeVerdict } from './operations/write-verifications.ts';
import type { RedemptionWatch } from './redemption-watch.ts';
import type { VoucherKeys } from './voucher-keys.ts';

/** What every operation of this service may use. */
export interface RewardsDeps extends ServiceDeps<RewardsDatabase> {
  voucherKeys: VoucherKeys;
  redemptionWatch: RedemptionWatch;
  /** Requests of residents, written together. */
  requestGroup: CommitGroup<RequestCommand, RequestVerdict>;
  /** Codes at counters, written together. */
  counterGroup: CommitGroup<CodeCommand, CodeVerdict>;
  /** Cleans and keeps pictures of benefits. */
  pictures: ImageRoom;
  settlementDays: SettlementDays;
  /** A settlement that was interrupted or has to wait is gone on with after so long. */
  settlementWaitSeconds: number;
}
