import type { NewConsent } from '@ddp/contracts/consent';
import type { Role } from '@ddp/contracts/permission';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { VoucherState } from './vouchers.ts';

type Db = Kysely<RewardsDatabase>;

export interface NewAssistance {
  redemptionId: string;
  act: 'redemption' | 'cancellation';
  areaPath: string;
  by: { personId: string; role: Role };
  consent: NewConsent;
}

/** A redemption that staff asked for on somebody's behalf. */
export interface Assisted {
  redemptionId: string;
  personId: string;
  areaPath: string;
  assistedAt: Date;
  voucherId: string | null;
  voucherState: VoucherState | null;
  prints: number;
}

export async function insertAssistance(
  tx: Db,
  clock: ClockOffset,
  { redemptionId, act, areaPath, by, consent }: NewAssistance,
): Promise<void> {
  await tx
    .insertInto('rewards_assistance')
    .values({
      redemption_id: idToBinary(redemptionId),
      act,
      area_path: areaPath,
      assisted_by: idToBinary(by.personId),
      assisted_by_role: by.role,
      consent: consent.kind,
      consent_words: consent.words,
      consented_on: consent.on,
      acted_at: sqlNow(clock),
    })
    .execute();
}

function selectAssisted(db: Db, scope: AreaScope) {
  return selectScoped(db, 'rewards_assistance', scope)
    .innerJoin(
      'rewards_redemption as redemption',
      'redemption.id',
      'rewards_assistance.redemption_id',
    )
    .leftJoin('rewards_voucher as voucher', 'voucher.redemption_id', 'redemption.id')
    .select([
      'rewards_assistance.redemption_id',
      'rewards_assistance.area_path',
      'rewards_assistance.acted_at',
      'redemption.person_id',
      'voucher.id as voucher_id',
      'voucher.state as voucher_state',
      'voucher.prints',
    ])
    .where('rewards_assistance.act', '=', 'redemption');
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAssisted>['execute']>>[number];

function toAssisted(row: Row): Assisted {
  return {
    redemptionId: binaryToId(row.redemption_id),
    personId: binaryToId(row.person_id),
    areaPath: row.area_path,
    assistedAt: row.acted_at,
    voucherId: row.voucher_id === null ? null : binaryToId(row.voucher_id),
    voucherState: row.voucher_state as VoucherState | null,
    prints: row.prints ?? 0,
  };
}

/** Within the scope; null out of it as for none. */
export async function findAssisted(db: Db, id: string, scope: AreaScope): Promise<Assisted | null> {
  const row = await selectAssisted(db, scope)
    .where('rewards_assistance.redemption_id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toAssisted(row) : null;
}

/** Newest first, one more than the limit. */
export async function listAssisted(
  db: Db,
  scope: AreaScope,
  page: { personId: string | undefined; after: string | null; limit: number },
): Promise<Assisted[]> {
  let query = selectAssisted(db, scope);
  if (page.personId !== undefined) {
    query = query.where('redemption.person_id', '=', idToBinary(page.personId));
  }
  if (page.after !== null) {
    query = query.where('rewards_assistance.redemption_id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('rewards_assistance.redemption_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toAssisted);
}

/** Drops what was said of a person's consent, which may name people, and who wrote it down. */
export async function cutAssistanceTies(
  tx: Db,
  personId: string,
  standInId: string,
): Promise<void> {
  const person = idToBinary(personId);
  await tx
    .updateTable('rewards_assistance')
    .set({ assisted_by: idToBinary(standInId) })
    .where('assisted_by', '=', person)
    .execute();
  await tx
    .updateTable('rewards_assistance')
    .set({ consent_words: '' })
    .where('redemption_id', 'in', ({ selectFrom }) =>
      selectFrom('rewards_redemption as redemption')
        .select('redemption.id')
        .where('redemption.person_id', '=', person),
    )
    .execute();
}
