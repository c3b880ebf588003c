import type { PayloadOf } from '@ddp/contracts/event';
import type { hoursCorrected, hoursVerified } from '@ddp/contracts/volunteering/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { countDays, pointsOf } from '../domain/volunteered-days.ts';
import { lockParticipationOf, type Participation } from '../store/participations.ts';
import { findRule } from '../store/rules.ts';
import {
  findHours,
  readUsedDays,
  replaceDays,
  type ServedHours,
  saveHours,
} from '../store/volunteering.ts';
import type { CorrectedBy } from './award-part.ts';
import { settleHours } from './settle-hours.ts';

type Tx = Transaction<PointsDatabase>;
type Told = PayloadOf<typeof hoursVerified>;

/** Verified hours earn by their rule; who does not take part then earns nothing by them, ever. */
export function awardHours(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof hoursVerified>>,
): Promise<boolean> {
  return takeHours(deps, delivery, null);
}

/** Hours were corrected: the difference is earned, or goes back by notice. */
export function correctHours(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof hoursCorrected>>,
): Promise<boolean> {
  const { correctedBy: personId, correctedByRole: role, ...told } = delivery.payload;
  return takeHours(deps, { ...delivery, payload: told }, { personId, role });
}

function takeHours(
  deps: PointsDeps,
  delivery: Delivery<Told>,
  by: CorrectedBy | null,
): Promise<boolean> {
  const { payload: told, requestId } = delivery;
  return handleOnce(deps.store, delivery, async (tx) => {
    const participation = await lockParticipationOf(tx, told.programmeId, told.personId);
    const known = await findHours(tx, told.hoursId);
    // A later version may come first, and what comes behind it changes nothing.
    if (known && known.version >= told.version) return;
    const isEarning = known
      ? known.participationId !== null
      : participation !== null && participation.leftAt === null;
    if (!participation || !isEarning) return noteUnearned(tx, told);
    const hours = await countHours(tx, participation, told);
    if (hours) await settleHours(deps, tx, participation, { hours, known, by, requestId });
  });
}

function noteUnearned(tx: Tx, { hoursId, programmeId, version, days }: Told): Promise<void> {
  const awardedOn = days[0]?.on ?? '';
  const nothing = { participationId: null, minutes: 0, targetPoints: 0 };
  return saveHours(tx, { hoursId, programmeId, version, awardedOn, ...nothing });
}

/** What the hours should earn by the rule of their first day, kept; null where there is no rule. */
async function countHours(
  tx: Tx,
  participation: Participation,
  { hoursId, programmeId, version, days }: Told,
): Promise<Omit<ServedHours, 'reversingAwardId'> | null> {
  const awardedOn = days[0]?.on ?? '';
  const rule = await findRule(tx, programmeId, 'volunteering', awardedOn);
  if (!rule) return null;
  const { id: participationId } = participation;
  const on = days.map((day) => day.on);
  const used = await readUsedDays(tx, participationId, hoursId, on);
  const counted = countDays(rule, days, used);
  const minutes = counted.reduce((sum, day) => sum + day.minutes, 0);
  const targetPoints = pointsOf(rule, counted);
  const of = { hoursId, programmeId, participationId, version, awardedOn };
  const hours = { ...of, minutes, targetPoints };
  await saveHours(tx, hours);
  await replaceDays(tx, { participationId, hoursId }, counted);
  return hours;
}
