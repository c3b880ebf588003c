import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { WaitingPlace } from '@ddp/contracts/rewards/waiting';
import type {
  listMyWaitingPlaces as listRoute,
  joinWaitingList as route,
} from '@ddp/contracts/rewards/waiting-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely, Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isOpen } from '../domain/benefit-state.ts';
import { covers } from '../domain/plan-reservations.ts';
import { periodsOf } from '../domain/quota-periods.ts';
import { lockBenefit, type StoredBenefit } from '../store/benefits.ts';
import { readBudgetsLeft } from '../store/budgets.ts';
import { hasQuota } from '../store/quotas.ts';
import { lockResident } from '../store/residents.ts';
import { readSettings } from '../store/settings.ts';
import * as places from '../store/waiting-places.ts';
import { readMaskedName } from './read-masked-name.ts';

/** Puts a resident at the end of the line for what is sold out. */
export async function joinWaitingList(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const { personId, requestId } = person;
  const programmeId = requireProgramme(person);
  const personName = await readMaskedName(deps, personId, requestId);
  const command = { actor: actorOf(principal), key, name: 'join-waiting-list', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const id = await enterLine(deps, tx, { programmeId, personId, personName, ...body });
    return readShownPlace(tx, id);
  });
}

type Joining = Omit<places.NewPlace, 'id'>;

/**
 * Takes the last place of a line, one a person; its id. Level and points are looked at with the
 * redemption alone, since points tell no service what somebody has.
 */
export async function enterLine(
  { store }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  joining: Joining,
): Promise<string> {
  const { programmeId, personId, benefitId } = joining;
  if (!(await lockResident(tx, personId))) throw new Problem(commonProblems.notFound);
  const benefit = await lockBenefit(tx, benefitId, everywhere);
  if (benefit?.programmeId !== programmeId) throw new Problem(commonProblems.notFound);
  const now = await readNow(tx, store.clock);
  if (!isOpen(benefit, now)) throw new Problem(rewardsProblems.notPublished);
  if (benefit.allocation !== 'waiting-list') throw new Problem(rewardsProblems.noWaitingList);
  if (await places.isWaiting(tx, benefitId, personId)) {
    throw new Problem(rewardsProblems.waitingAlready);
  }
  const waiting = await places.countPlaces(tx, benefitId, 'waiting');
  if (waiting === 0 && (await isLeft(tx, benefit))) {
    throw new Problem(rewardsProblems.stillAvailable);
  }
  const { waitingMost } = await readSettings(tx, programmeId);
  if (waiting >= waitingMost) throw new Problem(rewardsProblems.waitingListFull);
  const owner = { programmeId, personId, benefitId };
  if (!(await hasQuota(tx, owner, periodsOf(benefit, civilDateOf(now))))) {
    throw new Problem(rewardsProblems.limitReached);
  }
  const id = newId();
  await places.insertPlace(tx, store.clock, { id, ...joining });
  return id;
}

async function isLeft(tx: Transaction<RewardsDatabase>, benefit: StoredBenefit): Promise<boolean> {
  const { shares, budgetId, pricePoints, unitValueCents } = benefit;
  const open = shares.filter(({ merchantState }) => merchantState === 'active');
  if (open.every(({ available }) => available < 1)) return false;
  if (budgetId === null) return true;
  const budget = (await readBudgetsLeft(tx, [budgetId])).get(budgetId);
  return budget !== undefined && covers(budget, { points: pricePoints, cents: unitValueCents });
}

/** Where the person waits or waited, newest first. */
export async function listMyWaitingPlaces(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const found = await places.listPlacesOf(store.db, personId, page);
  const { items, nextCursor } = toPage(
    found,
    query.limit,
    (place) => place,
    ({ id }) => id,
  );
  const shown: WaitingPlace[] = [];
  for (const place of items) shown.push(await showPlace(store.db, place));
  return { items: shown, nextCursor };
}

export async function readShownPlace(
  db: Kysely<RewardsDatabase>,
  id: string,
): Promise<WaitingPlace> {
  const place = await places.findPlace(db, id);
  if (!place) throw new Error('the waiting place just written is not there');
  return showPlace(db, place);
}

/** A place as its person sees it. */
export async function showPlace(
  db: Kysely<RewardsDatabase>,
  place: places.StoredPlace,
): Promise<WaitingPlace> {
  const { id, benefitId, benefitTitle, pricePoints, state, merchantName, redemptionId } = place;
  return {
    ...{ id, benefitId, benefitTitle, pricePoints, state, merchantName, redemptionId },
    joinedAt: place.joinedAt.toISOString(),
    ahead: state === 'waiting' ? await places.countAhead(db, place) : null,
    offeredUntil: place.offeredUntil?.toISOString() ?? null,
  };
}
