import { noticeRequested } from '@ddp/contracts/notices/events';
import { hoursVerified } from '@ddp/contracts/volunteering/events';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { capDays, splitByDay, sumOf } from '../domain/hours.ts';
import {
  addToDays,
  hasVerifiedHours,
  insertHours,
  type NewHours,
  readUsed,
} from '../store/hours.ts';
import { readSettings } from '../store/settings.ts';
import { markStarsDue } from '../store/star-due.ts';

type Served = Pick<
  NewHours,
  | 'id'
  | 'programmeId'
  | 'personId'
  | 'teamId'
  | 'activityId'
  | 'areaPath'
  | 'title'
  | 'mostMinutes'
  | 'accountId'
> & {
  servedFrom: Date;
  /** Whole minutes from then on, before what counts in a day. */
  served: number;
};

/** Writes verified hours of a locked person within what counts in a day, for the ledger and points. */
export async function countHours(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Transaction<VolunteeringDatabase>,
  { served, ...of }: Served,
  by: { personId: string; requestId: string },
): Promise<void> {
  const { id: hoursId, programmeId, personId, servedFrom, title } = of;
  const { dailyMinutes } = await readSettings(tx, programmeId);
  const split = splitByDay(servedFrom, served);
  const used = await readUsed(tx, programmeId, personId, split);
  const days = capDays(split, used, dailyMinutes);
  const minutes = sumOf(days);
  await addToDays(tx, programmeId, personId, days);
  const isFirst = !(await hasVerifiedHours(tx, personId));
  const counted = { minutes, beyondCap: served - minutes, isFirst, countedBy: by.personId };
  const hours = { ...of, ...counted, kind: 'verified', on: split[0]?.on ?? '' } as const;
  await insertHours(tx, store.clock, hours, days);
  await markStarsDue(tx, store.clock, { programmeId, personId });
  const told = outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'hours-verified',
    params: { activity: title, minutes },
  });
  const event = { hoursId, programmeId, personId, version: 1, days };
  await appendEvents(tx, store, [outgoing(hoursVerified, event), told], by.requestId);
}
