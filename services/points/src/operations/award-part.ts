import { newId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { isReversible } from '../domain/award-state.ts';
import { findAward } from '../store/awards.ts';
import type { Participation } from '../store/participations.ts';
import { findRule } from '../store/rules.ts';
import {
  type HoursAward,
  insertHoursAward,
  listHoursAwards,
  type ServedHours,
  setReversing,
} from '../store/volunteering.ts';
import { grantAward, openAward } from './grant-award.ts';
import { openReversal } from './notice-reversal.ts';

type Tx = Transaction<PointsDatabase>;
export type Hours = Omit<ServedHours, 'reversingAwardId'>;

export interface CorrectedBy {
  personId: string;
  role: string;
}

/** What awards that still count for their person come to. */
export function sumOf(awards: readonly HoursAward[]): number {
  return awards
    .filter(({ state }) => state !== 'reversed' && state !== 'undone')
    .reduce((sum, { amountPoints }) => sum + amountPoints, 0);
}

/** Awards a part of what hours earn, within the caps of the rule and the person. */
export async function awardPart(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  { hoursId, programmeId, minutes, awardedOn }: Hours,
  part: { amountPoints: number; quantity: number; sourceId: string },
): Promise<void> {
  const rule = await findRule(tx, programmeId, 'volunteering', awardedOn);
  if (!rule) throw new Error('hours that were counted have no rule');
  const evidence = `志愿服务 ${minutes} 分钟 · ${minutes} minutes of service`;
  const terms = { ...part, id: newId(), rule, awardedOn, evidence };
  const award = { ...terms, option: null, awardedBy: null };
  const verdict = await openAward(deps, tx, participation, award, 'publishing');
  if (verdict !== 'opened') return;
  await grantAward(deps, tx, participation, award);
  await insertHoursAward(tx, { awardId: award.id, hoursId });
}

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
