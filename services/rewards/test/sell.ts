import { newId } from '@ddp/db-kit/ids';
import { CompiledQuery, type Kysely } from 'kysely';
import type { RewardsDatabase } from '../src/database.ts';
import { programmeId } from './actors.ts';

const hex = (id: string) => `X'${id.replaceAll('-', '')}'`;

export interface Sale {
  merchantId: string;
  count: number;
  payer?: 'donated' | 'subsidised' | 'fund';
  points?: number;
  cents?: number;
  /** From when on, a second apart. */
  from: string;
}

const stepsDone = ['requested', 'held', 'reserved', 'issued', 'verified', 'posted'];

/** Many rows of one table by one statement. */
async function insert(
  db: Kysely<RewardsDatabase>,
  table: string,
  columns: string,
  rows: string[],
): Promise<void> {
  const text = `INSERT INTO ${table} (${columns}) VALUES ${rows.join(',')}`;
  await db.executeQuery(CompiledQuery.raw(text));
}

/**
 * Vouchers that a merchant verified, with all that belongs to them, written at once: thousands by
 * the service's own routes would take minutes.
 */
export async function sellMany(db: Kysely<RewardsDatabase>, sale: Sale): Promise<void> {
  const { merchantId, count, payer = 'fund', points = 8, cents = 800, from } = sale;
  const [benefitId, area] = [newId(), `'/1506/150603/'`];
  const at = (second: number) =>
    `'${new Date(Date.parse(from) + second * 1_000).toISOString().slice(0, 23).replace('T', ' ')}'`;
  const stock = `${count}, 0, 0, ${count}`;
  await insert(
    db,
    'rewards_benefit',
    `id, programme_id, merchant_id, title, description, kind, price_points, minimum_standing,
      initial_stock, available, reserved, sold, per_person_per_month, valid_days, payer, area_path,
      state, created_at, unit_value_cents`,
    [
      `${hex(benefitId)}, ${hex(programmeId)}, ${hex(merchantId)}, '奶茶一杯', '', 'goods', ${points},
        0, ${stock}, 9, 30, '${payer}', ${area}, 'published', ${at(0)}, ${cents}`,
    ].map((row) => `(${row})`),
  );
  await insert(
    db,
    'rewards_benefit_text',
    'benefit_id, version, title, description, state, proposed_at, decided_at',
    [`(${hex(benefitId)}, 1, '奶茶一杯', '', 'approved', ${at(0)}, ${at(0)})`],
  );
  await insert(
    db,
    'rewards_share',
    'benefit_id, merchant_id, initial_stock, available, reserved, sold',
    [`(${hex(benefitId)}, ${hex(merchantId)}, ${stock})`],
  );
  const month = new Date(Date.parse(from) + 8 * 3_600_000).toISOString().slice(0, 7);
  const sold = Array.from({ length: count }, (_one, second) => ({
    ...{ redemption: hex(newId()), voucher: hex(newId()), person: hex(newId()), at: at(second) },
    number: newId().slice(-8),
  }));
  const [programme, benefit, merchant] = [programmeId, benefitId, merchantId].map(hex);
  await insert(
    db,
    'rewards_redemption',
    `id, programme_id, benefit_id, person_id, price_points, minimum_standing, valid_days,
      quota_month, area_path, state, requested_at, expires_at, drives, merchant_id,
      unit_value_cents, quota_periods`,
    sold.map(
      (one) => `(${one.redemption}, ${programme}, ${benefit}, ${one.person}, ${points}, 0, 30,
        '${month}', ${area}, 'verified', ${one.at}, ${one.at}, 0, ${merchant}, ${cents}, '${month}')`,
    ),
  );
  await insert(
    db,
    'rewards_quota',
    'programme_id, person_id, benefit_id, quota_month, used',
    sold.map((one) => `(${programme}, ${one.person}, ${benefit}, '${month}', 1)`),
  );
  await insert(
    db,
    'rewards_effect',
    'redemption_id, step, done_at',
    sold.flatMap((one) => stepsDone.map((step) => `(${one.redemption}, '${step}', ${one.at})`)),
  );
  await insert(
    db,
    'rewards_voucher',
    `id, programme_id, redemption_id, benefit_id, merchant_id, voucher_number, key_id, salt,
      area_path, state, issued_at, expires_at, used_at`,
    sold.map(
      (one) => `(${one.voucher}, ${programme}, ${one.redemption}, ${benefit}, ${merchant},
        '${one.number}', 'k1', ${hex(newId())}, ${area}, 'used', ${one.at}, ${one.at}, ${one.at})`,
    ),
  );
  await insert(
    db,
    'rewards_verification',
    `id, programme_id, voucher_id, merchant_id, operator_id, operator_role, area_path, verified_at`,
    sold.map(
      (one) => `(${hex(newId())}, ${programme}, ${one.voucher}, ${merchant}, ${hex(newId())},
        'merchant-clerk', ${area}, ${one.at})`,
    ),
  );
}
