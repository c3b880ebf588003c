import type { RuleBasis } from '@ddp/contracts/points/rule-schemas';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase, RuleTable } from '../database.ts';
import type { Rule, RuleOption } from '../domain/rule.ts';

type Db = Kysely<PointsDatabase>;

/** Has the rules of programmes without their own. */
const defaults = Buffer.alloc(16);

/** The rules in force in a programme on a day: its own, and the defaults it has no own version of. */
export async function listRules(db: Db, programmeId: string, on: string): Promise<Rule[]> {
  return pickInForce(await selectBegun(db, programmeId, on).execute(), on);
}

/**
 * The rule of a programme on a day, else the default one; null where there is none in force. The
 * newest version that has begun decides: once its last day is over, no earlier one comes back.
 */
export async function findRule(
  db: Db,
  programmeId: string,
  rule: string,
  on: string,
): Promise<Rule | null> {
  const rows = await selectBegun(db, programmeId, on).where('rule', '=', rule).execute();
  return pickInForce(rows, on)[0] ?? null;
}

/** A version that an award was made by; the programme's own where it has one of that number. */
export async function readRuleVersion(
  db: Db,
  programmeId: string,
  rule: string,
  version: number,
): Promise<Rule> {
  const row = await db
    .selectFrom('points_rule')
    .selectAll()
    .where('programme_id', 'in', [idToBinary(programmeId), defaults])
    .where('rule', '=', rule)
    .where('version', '=', version)
    .orderBy('programme_id', 'desc')
    .executeTakeFirst();
  if (!row) throw new Error(`there is no version ${version} of the rule ${rule}`);
  return toRule(row);
}

function selectBegun(db: Db, programmeId: string, on: string) {
  return db
    .selectFrom('points_rule')
    .selectAll()
    .where('programme_id', 'in', [idToBinary(programmeId), defaults])
    .where('from_on', '<=', on)
    .orderBy('rule')
    .orderBy('programme_id', 'desc')
    .orderBy('version', 'desc');
}

/** Of each rule the first row decides, as they come own before default and new before old. */
function pickInForce(rows: readonly RuleTable[], on: string): Rule[] {
  const newest = new Map<string, RuleTable>();
  for (const row of rows) if (!newest.has(row.rule)) newest.set(row.rule, row);
  return [...newest.values()].filter((row) => row.to_on === null || row.to_on >= on).map(toRule);
}

function toRule(row: RuleTable): Rule {
  return {
    rule: row.rule,
    version: row.version,
    basis: row.basis as RuleBasis,
    title: { zh: row.title_zh, en: row.title_en },
    leastPoints: row.least_points,
    mostPoints: row.most_points,
    options: row.options === null ? null : (JSON.parse(row.options) as RuleOption[]),
    perMinutes: row.per_minutes,
    dailyMinutes: row.daily_minutes,
    dailyCap: row.daily_cap,
    monthlyCap: row.monthly_cap,
    programmeMonthPoints: row.programme_month_points,
    isEvidenceWanted: row.is_evidence_wanted === 1,
    approvalFromPoints: row.approval_from_points,
    publicityFromPoints: row.publicity_from_points,
    publicityDays: row.publicity_days,
    maturesAfterHours: row.matures_after_hours,
    fromOn: row.from_on,
    toOn: row.to_on,
  };
}
