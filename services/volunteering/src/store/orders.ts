import type { OrderState } from '@ddp/contracts/volunteering/menu';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

/** Stands where the place of an order was, once nobody has to come any more. */
const gone = '***';

export interface StoredOrder {
  id: string;
  programmeId: string;
  itemId: string;
  teamId: string;
  teamName: string;
  title: string;
  plannedMinutes: number;
  skillId: string | null;
  areaPath: string;
  personId: string;
  personName: string;
  volunteerId: string | null;
  volunteerName: string | null;
  place: string;
  words: string;
  wanted: { from: Date; until: Date };
  startsAt: Date | null;
  endsAt: Date | null;
  state: OrderState;
  isAssisted: boolean;
  codeRound: number;
  codeTries: number;
  arrivedAt: Date | null;
  finishedAt: Date | null;
  minutes: number | null;
  objection: string | null;
  decision: string | null;
  dueAt: Date | null;
  placedAt: Date;
  endedAt: Date | null;
}

function select(db: Db, scope: AreaScope) {
  return (
    selectScoped(db, 'volunteering_order', scope)
      // Never begun with the few teams, which would read and sort all there is.
      .leftJoin('volunteering_menu_item as item', 'item.id', 'volunteering_order.item_id')
      .leftJoin('volunteering_team as team', 'team.id', 'volunteering_order.team_id')
      .leftJoin(
        'volunteering_volunteer as volunteer',
        'volunteer.person_id',
        'volunteering_order.volunteer_id',
      )
      .selectAll('volunteering_order')
      .select([
        'item.title',
        'item.minutes as planned_minutes',
        'item.skill_id',
        'team.name as team_name',
        'volunteer.masked_name as volunteer_name',
      ])
  );
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toOrder(row: Row): StoredOrder {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    itemId: binaryToId(row.item_id),
    teamId: binaryToId(row.team_id),
    teamName: row.team_name ?? '',
    title: row.title ?? '',
    plannedMinutes: row.planned_minutes ?? 0,
    skillId: binaryToIdOrNull(row.skill_id),
    areaPath: row.area_path,
    personId: binaryToId(row.person_id),
    personName: row.person_name,
    volunteerId: binaryToIdOrNull(row.volunteer_id),
    volunteerName: row.volunteer_name,
    place: row.place,
    words: row.words,
    wanted: { from: row.wanted_from, until: row.wanted_until },
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state as OrderState,
    isAssisted: row.is_assisted === 1,
    codeRound: row.code_round,
    codeTries: row.code_tries,
    arrivedAt: row.arrived_at,
    finishedAt: row.finished_at,
    minutes: row.minutes,
    objection: row.objection,
    decision: row.decision,
    dueAt: row.due_at,
    placedAt: row.placed_at,
    endedAt: row.ended_at,
  };
}

export type NewOrder = Pick<
  StoredOrder,
  | 'id'
  | 'programmeId'
  | 'itemId'
  | 'teamId'
  | 'areaPath'
  | 'personId'
  | 'personName'
  | 'place'
  | 'words'
  | 'wanted'
  | 'isAssisted'
>;

export async function insertOrder(tx: Db, clock: ClockOffset, one: NewOrder): Promise<void> {
  await tx
    .insertInto('volunteering_order')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      item_id: idToBinary(one.itemId),
      team_id: idToBinary(one.teamId),
      area_path: one.areaPath,
      person_id: idToBinary(one.personId),
      person_name: one.personName,
      place: one.place,
      words: one.words,
      wanted_from: one.wanted.from,
      wanted_until: one.wanted.until,
      state: 'placed',
      is_assisted: one.isAssisted ? 1 : 0,
      code_round: 1,
      code_tries: 0,
      due_at: one.wanted.until,
      placed_at: sqlNow(clock),
    })
    .execute();
}

export async function findOrder(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredOrder | null> {
  const row = await select(db, scope)
    .where('volunteering_order.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toOrder(row) : null;
}

/** Locks an order, whose steps are taken one after the other. */
export async function lockOrder(tx: Db, id: string): Promise<StoredOrder | null> {
  await selectScoped(tx, 'volunteering_order', everywhere)
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
  return findOrder(tx, id);
}

export interface OrderChange {
  state: OrderState;
  /** Null where nobody comes any more. */
  volunteerId?: string | null;
  startsAt?: Date | null;
  endsAt?: Date | null;
  arrivedAt?: Date;
  finishedAt?: Date;
  minutes?: number;
  objection?: string;
  decision?: string;
  decidedBy?: string;
  /** Until when the new state may stand; null where nothing passes by itself. */
  dueAt: Date | null;
}

const comes: readonly OrderState[] = ['taken', 'arrived'];
const stands: readonly OrderState[] = ['placed', ...comes, 'finished', 'disputed'];

/** Brings a locked order to a state. Once it has ended, nothing tells where the person lives. */
export async function changeOrder(
  tx: Db,
  clock: ClockOffset,
  order: Pick<StoredOrder, 'id' | 'volunteerId'>,
  change: OrderChange,
): Promise<void> {
  const { state, volunteerId = order.volunteerId } = change;
  const volunteer = volunteerId === null ? null : idToBinary(volunteerId);
  const hasEnded = !stands.includes(state);
  const fields = {
    starts_at: change.startsAt,
    ends_at: change.endsAt,
    arrived_at: change.arrivedAt,
    finished_at: change.finishedAt,
    minutes: change.minutes,
    objection: change.objection,
    decision: change.decision,
    decided_by: change.decidedBy === undefined ? undefined : idToBinary(change.decidedBy),
  };
  const told = Object.entries(fields).filter(([, value]) => value !== undefined);
  await tx
    .updateTable('volunteering_order')
    .set({
      state,
      volunteer_id: volunteer,
      live_volunteer_id: comes.includes(state) ? volunteer : null,
      due_at: change.dueAt,
      ...Object.fromEntries(told),
      ...(hasEnded ? { ended_at: sqlNow(clock), place: gone, words: gone } : {}),
    })
    .where('id', '=', idToBinary(order.id))
    .execute();
}

export async function countCodeTry(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('volunteering_order')
    .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function renewCode(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('volunteering_order')
    .set((eb) => ({ code_round: eb('code_round', '+', 1), code_tries: 0 }))
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Orders of a locked person that have not ended. */
export async function countOpenOrders(tx: Db, personId: string): Promise<number> {
  const { count } = await selectScoped(tx, 'volunteering_order', everywhere)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person_id', '=', idToBinary(personId))
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether a locked person is to be at somebody's home at a time. */
export async function isServing(
  tx: Db,
  personId: string,
  time: { startsAt: Date; endsAt: Date },
): Promise<boolean> {
  const row = await selectScoped(tx, 'volunteering_order', everywhere)
    .select('id')
    .where('live_volunteer_id', '=', idToBinary(personId))
    .where('ends_at', '>', time.startsAt)
    .where('starts_at', '<', time.endsAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface OrderReach {
  scope: AreaScope;
  personId?: string;
  volunteerId?: string;
  /** Orders that a member of the teams may take. */
  openTo?: string;
  state?: OrderState | undefined;
}

/** The newest first, one more than the limit. */
export async function listOrders(
  db: Db,
  { scope, personId, volunteerId, openTo, state }: OrderReach,
  page: { after: string | null; limit: number },
): Promise<StoredOrder[]> {
  let query = select(db, scope);
  if (personId !== undefined) {
    query = query.where('volunteering_order.person_id', '=', idToBinary(personId));
  }
  if (volunteerId !== undefined) {
    query = query.where('volunteering_order.volunteer_id', '=', idToBinary(volunteerId));
  }
  if (openTo !== undefined) {
    query = query
      .where('volunteering_order.state', '=', 'placed')
      .where('volunteering_order.person_id', '!=', idToBinary(openTo))
      .where('volunteering_order.team_id', 'in', (eb) =>
        eb
          .selectFrom('volunteering_member')
          .select('team_id')
          .where('live_person_id', '=', idToBinary(openTo))
          .where('state', '=', 'active'),
      );
  }
  if (state !== undefined) query = query.where('volunteering_order.state', '=', state);
  if (page.after !== null) {
    query = query.where('volunteering_order.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('volunteering_order.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toOrder);
}

/** Orders whose state may not stand any longer, those that wait longest first. */
export async function listDueOrders(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'volunteering_order', everywhere)
    .select('id')
    .where('due_at', '<=', sqlNow(clock))
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Orders of a person, or that the person is to come to, which have not ended. */
export async function listOpenOrdersOf(tx: Db, personId: string): Promise<StoredOrder[]> {
  const person = idToBinary(personId);
  const rows = await select(tx, everywhere)
    .where('volunteering_order.ended_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('volunteering_order.person_id', '=', person),
        eb('volunteering_order.volunteer_id', '=', person),
      ]),
    )
    .orderBy('volunteering_order.id')
    .execute();
  return rows.map(toOrder);
}
