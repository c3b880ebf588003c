import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

/** A rule in the version that holds on a day. */
export interface Rule {
  rule: string;
  version: number;
  amountPoints: number;
  dailyCap: number;
  maturesAfterHours: number;
}

/** Has the rules of programmes without their own. */
const defaults = Buffer.alloc(16);

/** The rule of a programme on a day, else the default rule. Throws when there is neither. */
export async function readRule(
  db: Kysely<PointsDatabase>,
  programmeId: string,
  rule: string,
  on: string,
): Promise<Rule> {
  const rows = await db
    .selectFrom('points_rule')
    .select(['programme_id', 'rule', 'version', 'amount', 'daily_cap', 'matures_after_hours'])
    .where('programme_id', 'in', [idToBinary(programmeId), defaults])
    .where('rule', '=', rule)
    .where('from_on', '<=', on)
    .orderBy('version', 'desc')
    .execute();
  const row = rows.find((one) => !one.programme_id.equals(defaults)) ?? rows[0];
  if (!row) throw new Error(`there is no rule ${rule} for programme ${programmeId}`);
  return {
    rule: row.rule,
    version: row.version,
    amountPoints: row.amount,
    dailyCap: row.daily_cap,
    maturesAfterHours: row.matures_after_hours,
  };
}
