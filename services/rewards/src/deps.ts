import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { RewardsDatabase } from './database.ts';
import type { PictureRoom } from './operations/picture-room.ts';
import type { VoucherKeys } from './voucher-keys.ts';

/** What every operation of this service may use. */
export interface RewardsDeps extends ServiceDeps<RewardsDatabase> {
  voucherKeys: VoucherKeys;
  /** Cleans and keeps pictures of benefits. */
  pictures: PictureRoom;
}
