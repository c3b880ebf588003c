import type { ImageRoom } from '@ddp/files/image-room';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { RewardsDatabase } from './database.ts';
import type { SettlementDays } from './domain/settlement-clock.ts';
import type { RedemptionWatch } from './redemption-watch.ts';
import type { VoucherKeys } from './voucher-keys.ts';

/** What every operation of this service may use. */
export interface RewardsDeps extends ServiceDeps<RewardsDatabase> {
  voucherKeys: VoucherKeys;
  redemptionWatch: RedemptionWatch;
  /** Cleans and keeps pictures of benefits. */
  pictures: ImageRoom;
  settlementDays: SettlementDays;
}
