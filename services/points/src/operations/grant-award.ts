import { parseCivilDate } from '@ddp/calendar/civil-date';
import type { Cap } from '@ddp/contracts/points/rule-schemas';
import { deriveId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { lotOf, planIssue } from '../domain/lots.ts';
import { hasAward, insertAward, type NewAward } from '../store/awards.ts';
import { applySurely, move, programmeAccountsOf, transferCode } from '../store/books.ts';
import { takeFromCaps } from '../store/caps.ts';
import { insertLine } from '../store/lines.ts';
import { findConsent, type Participation } from '../store/participations.ts';
import { readSettings } from '../store/settings.ts';

/** What became of an award, or the cap that refused it. */
export type GrantVerdict = 'granted' | 'granted-before' | Cap;

/**
 * Grants an award to a locked participation that is in force: both meters move together, and points
 * of a rule with a waiting time wait apart until it is over. The same source earns once.
 */
export async function grantAward(
  { store, ledger }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  participation: Participation,
  award: Omit<NewAward, 'programmeId' | 'participationId' | 'consentId'>,
): Promise<GrantVerdict> {
  const { id: participationId, programmeId, accounts } = participation;
  const { rule, amountPoints: amount } = award;
  if (await hasAward(tx, programmeId, rule.rule, award.sourceId)) return 'granted-before';
  const key = { programmeId, participationId, on: award.awardedOn };
  const awardedOn = parseCivilDate(award.awardedOn);
  const settings = await readSettings(tx, programmeId, awardedOn);
  const personCaps = {
    dayPoints: settings.personDayPoints,
    monthPoints: settings.personMonthPoints,
  };
  const cap = await takeFromCaps(tx, key, rule, amount, personCaps);
  if (cap !== null) return cap;
  const consentId = await findConsent(tx, participationId);
  if (consentId === null) throw new Error('a participation in force has no consent');
  await insertAward(tx, store.clock, { ...award, programmeId, participationId, consentId });

  const isWaiting = rule.maturesAfterHours > 0;
  const { standingIssued, pointsIssued } = programmeAccountsOf(programmeId);
  const to = isWaiting ? accounts.maturing : accounts.points;
  const idOf = (meter: string) => deriveId('points-award', award.id, meter);
  await applySurely(tx, ledger, [
    move(
      idOf('standing'),
      standingIssued,
      accounts.standing,
      amount,
      transferCode.award,
      'standing',
    ),
    move(idOf('points'), pointsIssued, to, amount, transferCode.award),
  ]);
  await insertLine(tx, store.clock, {
    participationId,
    kind: 'award',
    amountPoints: amount,
    standingChange: amount,
    lots: isWaiting ? [] : planIssue(lotOf(awardedOn, settings.lotLifeYears), amount),
    awardId: award.id,
  });
  return 'granted';
}
