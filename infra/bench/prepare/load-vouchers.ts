import { readBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { idToBinary } from '@ddp/db-kit/ids';
import { createConnection } from 'mysql2/promise';
import type { Caller } from '../../principals.ts';
import { personAs } from '../../principals.ts';
import { fill } from './load-codes.ts';
import type { OpenedArea } from './open-area.ts';
import { openShop } from './open-shop.ts';

export interface LoadedShop {
  merchantId: string;
  benefitId: string;
}

/** The id of a loaded voucher by its number from 0. */
export function voucherIdOf(index: number): string {
  return `0195512f-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Shops with a benefit each, and issued vouchers in turn for each of them, by SQL alone. */
export async function loadVouchers(
  call: Caller,
  area: OpenedArea,
  target: { schemaUrl: string; shops: number; count: number; keyId: string },
): Promise<LoadedShop[]> {
  const officer = personAs('city-officer', area);
  const shops: LoadedShop[] = [];
  for (let index = 0; index < target.shops; index += 1) {
    const [id = ''] = await openShop(call, area);
    const { merchantId } = await call(officer, readBenefit, { params: { id } });
    shops.push({ merchantId, benefitId: id });
  }
  await fill(target.schemaUrl, target.count, (numbers) =>
    shops.flatMap((shop, index) => statementsOf(shop, index, { numbers, area, ...target })),
  );
  await setStock(target, shops);
  return shops;
}

const idOf = (prefix: string) => `UNHEX(CONCAT('${prefix}000070008000', LPAD(HEX(n), 12, '0')))`;
const hex = (id: string) => `X'${idToBinary(id).toString('hex')}'`;

function statementsOf(
  { merchantId, benefitId }: LoadedShop,
  index: number,
  on: { numbers: string; area: OpenedArea; shops: number; keyId: string },
): string[] {
  const { area, numbers, shops, keyId } = on;
  const from = `FROM ${numbers} WHERE n % ${shops} = ${index}`;
  const own = `${hex(area.programmeId)}, ${hex(benefitId)}`;
  return [
    `INSERT INTO rewards_redemption (id, programme_id, benefit_id, person_id, price_points,
        minimum_standing, valid_days, quota_month, quota_periods, area_path, state, requested_at,
        expires_at, hold_asked_at, drives, merchant_id)
      SELECT ${idOf('0195512e')}, ${own}, ${idOf('0195512d')}, 1, 0, 30, '2026-11', '2026-11',
        '${area.areaPath}', 'issued', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 30 DAY,
        UTC_TIMESTAMP(3), 0, ${hex(merchantId)} ${from}`,
    `INSERT INTO rewards_voucher (id, redemption_id, programme_id, benefit_id, merchant_id,
        voucher_number, key_id, salt, area_path, state, issued_at, expires_at)
      SELECT ${idOf('0195512f')}, ${idOf('0195512e')}, ${own}, ${hex(merchantId)}, LPAD(n, 8, '0'),
        '${keyId}', UNHEX(MD5(n)), '${area.areaPath}', 'issued', UTC_TIMESTAMP(3),
        UTC_TIMESTAMP(3) + INTERVAL 30 DAY ${from}`,
  ];
}

/** What the vouchers take of the stock is set aside. */
async function setStock(
  { schemaUrl, count, shops: each }: { schemaUrl: string; count: number; shops: number },
  shops: readonly LoadedShop[],
): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  const taken = Math.ceil(count / each);
  const set = `available = available - ${taken}, reserved = reserved + ${taken}`;
  for (const { benefitId } of shops) {
    const id = idToBinary(benefitId);
    await connection.query(`UPDATE rewards_benefit SET ${set} WHERE id = ?`, [id]);
    await connection.query(`UPDATE rewards_share SET ${set} WHERE benefit_id = ?`, [id]);
  }
  await connection.end();
}
