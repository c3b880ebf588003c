import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isDrawn } from '../domain/hours.ts';
import type { StoredOrder } from '../store/orders.ts';
import { lockPerson } from '../store/people.ts';
import { insertReview } from '../store/reviews.ts';
import { readSettings } from '../store/settings.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { countHours } from './count-hours.ts';
import { mustHold } from './must-hold.ts';

/** The hours of a service that both sides saw; they have the id of the order, and so come once. */
export async function countOrder(
  deps: Pick<VolunteeringDeps, 'store' | 'volunteerKeys'>,
  tx: Transaction<VolunteeringDatabase>,
  order: StoredOrder,
  served: number,
  by: { personId: string; requestId: string },
): Promise<void> {
  const { id, programmeId, teamId, areaPath, title, volunteerId, arrivedAt } = order;
  if (volunteerId === null || arrivedAt === null) throw new Error('nobody came to this order');
  await lockPerson(tx, volunteerId);
  const volunteer = await findVolunteer(tx, volunteerId);
  mustHold(volunteer !== null, 'who left has no open order');
  if (!volunteer) return;
  const of = { id, programmeId, personId: volunteerId, teamId, activityId: null, areaPath, title };
  const measured = { servedFrom: arrivedAt, served, mostMinutes: 2 * order.plannedMinutes };
  await countHours(deps, tx, { ...of, ...measured, accountId: volunteer.accountId }, by);
  await listForReview(deps, tx, order);
}

/** Some are drawn by lot; what staff said for somebody is always asked about. */
async function listForReview(
  { store, volunteerKeys }: Pick<VolunteeringDeps, 'store' | 'volunteerKeys'>,
  tx: Transaction<VolunteeringDatabase>,
  { id, programmeId, areaPath, isAssisted }: StoredOrder,
): Promise<void> {
  const one = { objectId: id, areaPath, of: { orderId: id } };
  const { samplePercent } = await readSettings(tx, programmeId);
  if (isDrawn(volunteerKeys.lotSecret, id, samplePercent)) {
    await insertReview(tx, store.clock, { ...one, kind: 'sample' });
  }
  if (isAssisted) await insertReview(tx, store.clock, { ...one, kind: 'assisted' });
}
