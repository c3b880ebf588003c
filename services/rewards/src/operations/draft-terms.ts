import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { NewBenefit } from '@ddp/contracts/rewards/benefits';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { AreaScope } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { nearestProgramme } from '../domain/nearest-programme.ts';
import type { NewDraft, Terms } from '../store/benefits.ts';
import { findBudget, isBudgetFor } from '../store/budgets.ts';
import { findMerchant, type StoredMerchant } from '../store/merchants.ts';
import { listProgrammes } from '../store/programmes.ts';

type Db = Kysely<RewardsDatabase>;
export type DraftFields = Omit<NewDraft, 'id'>;

/**
 * What a draft says, in the programme that is in force over its first merchant today; every merchant
 * is one of the officer's area and of that programme.
 */
export async function readDraftFields(
  tx: Db,
  officer: PersonPrincipal,
  body: NewBenefit,
): Promise<DraftFields> {
  const { stock, alsoAt, opensAt, closesAt, ...fields } = body;
  const shares = [{ merchantId: body.merchantId, stock }, ...alsoAt];
  refuseRepeats(shares.map((share) => share.merchantId));
  const merchants: StoredMerchant[] = [];
  for (const { merchantId } of shares) {
    merchants.push(await requireMerchant(tx, merchantId, officer.areaPaths));
  }
  const [first] = merchants;
  if (!first) throw new Error('a draft has a first merchant');
  const programmes = await listProgrammes(tx);
  const programmeId = programmeOfMerchant(first, programmes);
  if (merchants.some((merchant) => programmeOfMerchant(merchant, programmes) !== programmeId)) {
    throw new Problem(rewardsProblems.unknownMerchant);
  }
  const terms: Terms = { ...fields, ...windowOf(opensAt, closesAt) };
  const { areaPath } = first;
  await requireBudget(tx, { budgetId: terms.budgetId, areaPath, programmeId }, officer.areaPaths);
  return { programmeId, areaPath, createdBy: officer.personId, terms, shares };
}

/** The programme in force over a merchant today; where there is none, that of its registration. */
export const programmeOfMerchant = (
  { areaPath, programmeId }: StoredMerchant,
  programmes: Parameters<typeof nearestProgramme>[1],
) => nearestProgramme(areaPath, programmes)?.id ?? programmeId;

function refuseRepeats(ids: readonly string[]): void {
  if (new Set(ids).size === ids.length) return;
  throw invalid('/alsoAt', '同一商户不能重复', 'a merchant comes twice');
}

async function requireMerchant(tx: Db, id: string, scope: AreaScope): Promise<StoredMerchant> {
  const merchant = await findMerchant(tx, id, scope);
  if (merchant?.state === 'active' || merchant?.state === 'paused') return merchant;
  throw new Problem(rewardsProblems.unknownMerchant);
}

function windowOf(opens: string | null, closes: string | null) {
  const opensAt = opens === null ? null : new Date(opens);
  const closesAt = closes === null ? null : new Date(closes);
  if (opensAt !== null && closesAt !== null && closesAt <= opensAt) {
    throw invalid('/closesAt', '结束时间须晚于开始时间', 'it ends before it begins');
  }
  return { opensAt, closesAt };
}

/** An open budget of the benefit's programme, over its area. Throws 422 for any other. */
export async function requireBudget(
  tx: Db,
  of: { budgetId: string | null; areaPath: string; programmeId: string },
  scope?: AreaScope,
): Promise<void> {
  if (of.budgetId === null) return;
  const budget = await findBudget(tx, of.budgetId, scope);
  if (!budget || !isBudgetFor(budget, of)) throw new Problem(rewardsProblems.unknownBudget);
}

function invalid(pointer: string, zh: string, en: string): Problem {
  return new Problem(commonProblems.invalidRequest, {
    errors: [{ pointer, message: { zh, en } }],
  });
}
