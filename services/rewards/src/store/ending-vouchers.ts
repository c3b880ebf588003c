import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** A voucher whose holder is to be told that it ends soon. */
export interface EndingVoucher {
  id: string;
  redemptionId: string;
  programmeId: string;
  expiresAt: Date;
  noticeAt: Date;
}

export async function listEndingVouchers(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<EndingVoucher[]> {
  const rows = await selectScoped(db, 'rewards_voucher', everywhere)
    .select(['id', 'redemption_id', 'programme_id', 'expires_at', 'notice_at'])
    .where('state', '=', 'issued')
    .where('notice_at', '<=', sqlNow(clock))
    .orderBy('notice_at')
    .limit(limit)
    .execute();
  return rows.flatMap(({ notice_at: noticeAt, ...row }) =>
    noticeAt === null
      ? []
      : {
          id: binaryToId(row.id),
          redemptionId: binaryToId(row.redemption_id),
          programmeId: binaryToId(row.programme_id),
          expiresAt: row.expires_at,
          noticeAt,
        },
  );
}

/** Takes a notice for telling it, and sets the next; false when it was taken or the voucher ended. */
export async function claimNotice(
  tx: Db,
  { id, noticeAt }: EndingVoucher,
  next: Date | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_voucher')
    .set({ notice_at: next })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'issued')
    .where('notice_at', '=', noticeAt)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
