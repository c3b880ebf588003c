import { parseCivilDate } from '@ddp/calendar/civil-date';
import type { Cap } from '@ddp/contracts/points/rule-schemas';
import { deriveId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { personCapsOf } from '../domain/caps.ts';
import { lotOf, planIssue } from '../domain/lots.ts';
import type { Rule } from '../domain/rule.ts';
import { grant } from '../store/award-course.ts';
import { insertAward, type NewAward } from '../store/awards.ts';
import { applySurely, move, programmeAccountsOf, transferCode } from '../store/books.ts';
import { takeFromCaps } from '../store/caps.ts';
import { findDecision, insertEarning } from '../store/earnings.ts';
import { insertLine } from '../store/lines.ts';
import { findConsent, type Participation } from '../store/participations.ts';
import { readSettings, readSettingsVersion } from '../store/settings.ts';

type Tx = Transaction<PointsDatabase>;
type AwardTerms = Omit<NewAward, 'programmeId' | 'participationId' | 'consentId'> & {
  /** The points or minutes that it says of itself. */
  quantity: number | null;
};

/** What became of an award, or the cap that refused it. */
export type OpeningVerdict = 'opened' | 'opened-before' | Cap;

/**
 * Takes an award from its caps and writes it down for a locked participation that is in force; the
 * meters stay as they are. The same source is decided once. What a cap refuses is recorded too, so that
 * it can be said later what another rule would have given.
 */
export async function openAward(
  { store }: PointsDeps,
  tx: Tx,
  participation: Participation,
  award: AwardTerms,
  state: 'proposed' | 'publishing',
): Promise<OpeningVerdict> {
  const { id: participationId, programmeId } = participation;
  const { rule, amountPoints, awardedOn } = award;
  const decided = await findDecision(tx, programmeId, rule.rule, award.sourceId);
  if (decided !== null) return decided === 'opened' ? 'opened-before' : decided;
  const { settings, version } = await readSettingsVersion(tx, programmeId, awardedOn);
  const key = { programmeId, participationId, on: awardedOn };
  const refusedBy = await takeFromCaps(tx, key, rule, amountPoints, personCapsOf(settings));
  if (refusedBy === null) {
    const consentId = await findConsent(tx, participationId);
    if (consentId === null) throw new Error('a participation in force has no consent');
    const row = { ...award, programmeId, participationId, consentId };
    await insertAward(tx, store.clock, row, state);
  }
  const awardId = refusedBy === null ? award.id : null;
  const earning = { ...award, programmeId, participationId, awardId, refusedBy };
  await insertEarning(tx, store.clock, { ...earning, settingsVersion: version });
  return refusedBy ?? 'opened';
}

/**
 * Grants an award that is written down: both meters of the locked participation move together, and
 * points of a rule with a waiting time wait apart until it is over. False when the award was decided
 * before.
 */
export async function grantAward(
  { store, ledger }: PointsDeps,
  tx: Tx,
  participation: Participation,
  award: { id: string; rule: Rule; amountPoints: number; awardedOn: string },
): Promise<boolean> {
  const { id: participationId, programmeId, accounts } = participation;
  const { rule, amountPoints: amount } = award;
  const consentId = await findConsent(tx, participationId);
  if (consentId === null) throw new Error('a participation in force has no consent');
  const terms = { consentId, maturesAfterHours: rule.maturesAfterHours };
  if (!(await grant(tx, store.clock, award.id, terms))) return false;

  const isWaiting = rule.maturesAfterHours > 0;
  const { standingIssued, pointsIssued } = programmeAccountsOf(programmeId);
  const to = isWaiting ? accounts.maturing : accounts.points;
  const idOf = (meter: string) => deriveId('points-award', award.id, meter);
  const code = transferCode.award;
  await applySurely(tx, ledger, [
    move(idOf('standing'), standingIssued, accounts.standing, amount, code, 'standing'),
    move(idOf('points'), pointsIssued, to, amount, code),
  ]);
  const awardedOn = parseCivilDate(award.awardedOn);
  const { lotLifeYears } = await readSettings(tx, programmeId, awardedOn);
  await insertLine(tx, store.clock, {
    participationId,
    kind: 'award',
    amountPoints: amount,
    standingChange: amount,
    lots: isWaiting ? [] : planIssue(lotOf(awardedOn, lotLifeYears), amount),
    awardId: award.id,
  });
  return true;
}
