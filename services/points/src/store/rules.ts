import type { RuleBasis, RuleTerms } from '@ddp/contracts/points/rule-schemas';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase, RuleTable } from '../database.ts';
import type { Rule, RuleOption } from '../domain/rule.ts';

type Db = Kysely<PointsDatabase>;

/** Has the rules of programmes without their own. */
const defaults = Buffer.alloc(16);

/**
 * The rules in force in a programme on a day, by name: its own, and the defaults it has no own
 * version of; without a programme the defaults.
 */
export async function listRules(db: Db, programmeId: string | null, on: string): Promise<Rule[]> {
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
  const row = await selectVersions(db, programmeId)
    .where('rule', '=', rule)
    .where('version', '=', version)
    .orderBy('programme_id', 'desc')
    .executeTakeFirst();
  if (!row) throw new Error(`there is no version ${version} of the rule ${rule}`);
  return toRule(row);
}

function selectVersions(db: Db, programmeId: string | null) {
  const programmes = programmeId === null ? [defaults] : [idToBinary(programmeId), defaults];
  return db.selectFrom('points_rule').selectAll().where('programme_id', 'in', programmes);
}

function selectBegun(db: Db, programmeId: string | null, on: string) {
  return selectVersions(db, programmeId)
    .where('from_on', '<=', on)
    .orderBy('rule')
    .orderBy('programme_id', 'desc')
    .orderBy('version', 'desc');
}

/** Versions of a rule before one, own and default, the newest first, one more than the limit. */
export async function listVersions(
  db: Db,
  programmeId: string,
  rule: string,
  before: number | null,
  limit: number,
): Promise<Rule[]> {
  let query = selectVersions(db, programmeId).where('rule', '=', rule);
  if (before !== null) query = query.where('version', '<', before);
  const rows = await query
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toRule);
}

/** Every version of every rule of a programme, own and default, at most so many. */
export async function listAllVersions(db: Db, programmeId: string, limit: number): Promise<Rule[]> {
  const rows = await selectVersions(db, programmeId)
    .orderBy('programme_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toRule);
}

/** The newest version of a rule, own or default, also one to come or one that has ended. */
export async function findLatestVersion(
  tx: Db,
  programmeId: string,
  rule: string,
): Promise<Rule | null> {
  const [latest] = await listVersions(tx, programmeId, rule, null, 1);
  return latest ?? null;
}

/** Adds a version to a programme's own. Throws a duplicate where there is one of that number. */
export async function insertVersion(
  tx: Db,
  programmeId: string,
  version: number,
  terms: RuleTerms,
): Promise<void> {
  await tx
    .insertInto('points_rule')
    .values({
      programme_id: idToBinary(programmeId),
      rule: terms.rule,
      version,
      basis: terms.basis,
      title_zh: terms.title.zh,
      title_en: terms.title.en,
      least_points: terms.leastPoints,
      most_points: terms.mostPoints,
      options: terms.options === null ? null : JSON.stringify(terms.options),
      per_minutes: terms.perMinutes,
      daily_minutes: terms.dailyMinutes,
      daily_cap: terms.dailyCap,
      monthly_cap: terms.monthlyCap,
      programme_month_points: terms.programmeMonthPoints,
      is_evidence_wanted: terms.isEvidenceWanted ? 1 : 0,
      approval_from_points: terms.approvalFromPoints,
      publicity_from_points: terms.publicityFromPoints,
      publicity_days: terms.publicityDays,
      matures_after_hours: terms.maturesAfterHours,
      from_on: terms.fromOn,
      to_on: terms.toOn,
    })
    .execute();
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
    isDefault: row.programme_id.equals(defaults),
  };
}
