import { randomBytes } from 'node:crypto';
import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listMyDrawEntries as listRoute,
  enterDraw as route,
  withdrawDrawEntry as withdrawRoute,
} from '@ddp/contracts/rewards/draw-routes';
import { type DrawEntry, mostEntries } from '@ddp/contracts/rewards/draws';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isOpen } from '../domain/benefit-state.ts';
import { periodsOf } from '../domain/quota-periods.ts';
import { findBenefit } from '../store/benefits.ts';
import * as entries from '../store/draw-entries.ts';
import { lockDraw } from '../store/draws.ts';
import { hasQuota } from '../store/quotas.ts';
import { lockResident } from '../store/residents.ts';

type Tx = Transaction<RewardsDatabase>;

/** Enters a resident under a number that tells nobody who it is. */
export async function enterDraw(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const { personId } = person;
  const programmeId = requireProgramme(person);
  const command = { actor: actorOf(principal), key, name: 'enter-draw', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const id = await enterList(deps, tx, { programmeId, personId, drawId: body.drawId });
    return readShownEntry(tx, id);
  });
}

/** Takes an entry in a draw, one a person, while the database's time is within its window; its id. */
export async function enterList(
  { store }: RewardsDeps,
  tx: Tx,
  asked: { programmeId: string; personId: string; drawId: string },
): Promise<string> {
  const { programmeId, personId, drawId } = asked;
  if (!(await lockResident(tx, personId))) throw new Problem(commonProblems.notFound);
  const draw = await lockDraw(tx, drawId);
  if (draw?.programmeId !== programmeId) throw new Problem(commonProblems.notFound);
  const now = await readNow(tx, store.clock);
  if (draw.state !== 'open' || now < draw.entriesFrom || now >= draw.entriesUntil) {
    throw new Problem(rewardsProblems.drawClosed);
  }
  const benefit = await findBenefit(tx, draw.benefitId);
  if (!benefit || !isOpen(benefit, now)) throw new Problem(rewardsProblems.notPublished);
  if (await entries.hasEntered(tx, drawId, personId)) {
    throw new Problem(rewardsProblems.enteredAlready);
  }
  const owner = { programmeId, personId, benefitId: benefit.id };
  if (!(await hasQuota(tx, owner, periodsOf(benefit, civilDateOf(now))))) {
    throw new Problem(rewardsProblems.limitReached);
  }
  if ((await entries.countEntries(tx, drawId)) >= mostEntries) {
    throw new Problem(rewardsProblems.drawFull);
  }
  const entry = { id: newId(), drawId, personId, entryNumber: randomBytes(8).toString('hex') };
  await entries.insertEntry(tx, store.clock, entry);
  return entry.id;
}

/** Withdraws an entry before the list is frozen. */
export async function withdrawDrawEntry(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof withdrawRoute>,
): Promise<RouteResult<typeof withdrawRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'withdraw-draw-entry', input: params };
  return runCommand(deps.store, command, async (tx) => {
    await leaveList(deps, tx, { id: params.id, personId });
    return readShownEntry(tx, params.id);
  });
}

export async function leaveList(
  { store }: RewardsDeps,
  tx: Tx,
  { id, personId }: { id: string; personId: string },
): Promise<void> {
  const entry = await entries.findEntry(tx, id);
  if (entry?.personId !== personId) throw new Problem(commonProblems.notFound);
  const draw = await lockDraw(tx, entry.drawId);
  const isWithin = draw?.state === 'open' && (await readNow(tx, store.clock)) < draw.entriesUntil;
  if (!isWithin || !(await entries.moveEntry(tx, id, { state: 'withdrawn' }))) {
    throw new Problem(rewardsProblems.drawClosed);
  }
}

/** What the person entered, newest first. */
export async function listMyDrawEntries(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await entries.listEntriesOf(store.db, personId, page);
  return toPage(rows, query.limit, showEntry, ({ id }) => id);
}

async function readShownEntry(tx: Tx, id: string): Promise<DrawEntry> {
  const entry = await entries.findEntry(tx, id);
  if (!entry) throw new Error('the entry just written is not there');
  return showEntry(entry);
}

export function showEntry({
  personId: _personId,
  enteredAt,
  ...shown
}: entries.StoredEntry): DrawEntry {
  return { ...shown, enteredAt: enteredAt.toISOString() };
}
