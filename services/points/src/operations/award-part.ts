import { newId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { isOpen, isReversible } from '../domain/award-state.ts';
import { isApprovalWanted, isPublicityWanted } from '../domain/rule.ts';
import { findAward } from '../store/awards.ts';
import type { Participation } from '../store/participations.ts';
import { findRule } from '../store/rules.ts';
import {
  deleteHoursAward,
  type HoursAward,
  insertHoursAward,
  listHoursAwards,
  type ServedHours,
  setReversing,
} from '../store/volunteering.ts';
import { askForApproval, bringToBoard } from './award-points.ts';
import { grantAward, openAward } from './grant-award.ts';
import { openReversal } from './notice-reversal.ts';
import { endOpenAward } from './withdraw-award.ts';

type Tx = Transaction<PointsDatabase>;
export type Hours = Omit<ServedHours, 'reversingAwardId'>;

export interface CorrectedBy {
  personId: string;
  role: string;
}

/** What awards come to that were not taken back; what an officer refused is decided too. */
export function sumOf(awards: readonly HoursAward[]): number {
  return awards
    .filter(({ state }) => state !== 'reversed' && state !== 'undone')
    .reduce((sum, { amountPoints }) => sum + amountPoints, 0);
}

export interface Part {
  amountPoints: number;
  quantity: number;
  sourceId: string;
  /** It is in the place of more, which the rule had approved and published as it wants. */
  isAgreed?: boolean;
}

/**
 * Awards a part of what hours earn, within the caps of the rule and the person. What the rule wants
 * approved or published waits for it, by all that the hours earn: nothing passes in small parts.
 */
export async function awardPart(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  { hoursId, programmeId, minutes, awardedOn, targetPoints }: Hours,
  { isAgreed = false, ...part }: Part,
  requestId: string,
): Promise<void> {
  const rule = await findRule(tx, programmeId, 'volunteering', awardedOn);
  if (!rule) throw new Error('hours that were counted have no rule');
  const evidence = `志愿服务 ${minutes} 分钟 · ${minutes} minutes of service`;
  const terms = { ...part, id: newId(), rule, awardedOn, evidence };
  const award = { ...terms, option: null, awardedBy: null };
  const isProposal = !isAgreed && isApprovalWanted(rule, targetPoints);
  const state = isProposal ? 'proposed' : 'publishing';
  const verdict = await openAward(deps, tx, participation, award, state);
  if (verdict !== 'opened') return;
  await insertHoursAward(tx, { awardId: award.id, hoursId });
  if (isProposal) await askForApproval(deps, tx, participation, award, requestId);
  else if (!isAgreed && isPublicityWanted(rule, targetPoints)) {
    await bringToBoard(deps, tx, participation, award, requestId);
  } else await grantAward(deps, tx, participation, award);
}

/**
 * Withdraws what hours were to earn and nobody has decided yet, until what is left is no more than
 * right. Tells what their person has or may get then, and what was decided in all.
 */
export async function withdrawOpenParts(
  deps: PointsDeps,
  tx: Tx,
  { hoursId, targetPoints }: Hours,
  requestId: string,
): Promise<{ held: number; decided: number }> {
  const awards = await listHoursAwards(tx, hoursId);
  const refused = sumOf(awards.filter(({ state }) => state === 'withdrawn'));
  let held = sumOf(awards) - refused;
  for (const { id, state, amountPoints } of awards) {
    if (held <= targetPoints) break;
    const award = isOpen(state) ? await findAward(tx, id) : null;
    if (!award || !(await endOpenAward(deps, tx, award, correctedReason, requestId))) continue;
    await deleteHoursAward(tx, id);
    held -= amountPoints;
  }
  return { held, decided: held + refused };
}

const correctedReason = '时长已更正，重新计算 · the hours were corrected and are counted anew';

/** Gives notice that an award goes because its hours were too many; less is granted anew with it. */
export async function noticeTooMany(
  deps: PointsDeps,
  tx: Tx,
  { hoursId, minutes }: Hours,
  { by, requestId }: { by: CorrectedBy; requestId: string },
): Promise<void> {
  const awards = await listHoursAwards(tx, hoursId);
  const chosen = awards.find((one) => isReversible(one.state) && !one.wasNoticed);
  const award = chosen && (await findAward(tx, chosen.id));
  // An award goes through a notice once; one that was lifted stays.
  if (!award || award.personId === null) return;
  await setReversing(tx, hoursId, award.id);
  const evidence = `时长更正为 ${minutes} 分钟 · the hours were corrected to ${minutes} minutes`;
  const noticed = { noticedBy: by.personId, noticedByRole: by.role, reason: 'mistaken' as const };
  const notice = { id: newId(), awardId: award.id, evidence, ...noticed };
  await openReversal(deps, tx, award, notice, requestId);
}
