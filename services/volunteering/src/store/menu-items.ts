import type { MenuState } from '@ddp/contracts/volunteering/menu';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredMenuItem {
  id: string;
  programmeId: string;
  teamId: string;
  teamName: string;
  areaPath: string;
  title: string;
  words: string;
  minutes: number;
  skillId: string | null;
  state: MenuState;
  proposedBy: string;
  reason: string | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_menu_item', scope)
    .innerJoin('volunteering_team as team', 'team.id', 'volunteering_menu_item.team_id')
    .selectAll('volunteering_menu_item')
    .select('team.name as team_name');
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toMenuItem(row: Row): StoredMenuItem {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    teamId: binaryToId(row.team_id),
    teamName: row.team_name,
    areaPath: row.area_path,
    title: row.title,
    words: row.words,
    minutes: row.minutes,
    skillId: binaryToIdOrNull(row.skill_id),
    state: row.state as MenuState,
    proposedBy: binaryToId(row.proposed_by),
    reason: row.reason,
  };
}

export async function insertMenuItem(
  tx: Db,
  clock: ClockOffset,
  one: Omit<StoredMenuItem, 'teamName' | 'state' | 'reason'>,
): Promise<void> {
  await tx
    .insertInto('volunteering_menu_item')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      team_id: idToBinary(one.teamId),
      area_path: one.areaPath,
      title: one.title,
      words: one.words,
      minutes: one.minutes,
      skill_id: one.skillId === null ? null : idToBinary(one.skillId),
      state: 'proposed',
      proposed_by: idToBinary(one.proposedBy),
      decided_by: null,
      reason: null,
      created_at: sqlNow(clock),
    })
    .execute();
}

export async function findMenuItem(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredMenuItem | null> {
  const row = await select(db, scope)
    .where('volunteering_menu_item.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toMenuItem(row) : null;
}

/** Brings an item from one of some states to another; false where it is in none of them. */
export async function moveMenuItem(
  tx: Db,
  id: string,
  from: readonly MenuState[],
  to: { state: MenuState; decidedBy?: string; reason?: string | null },
): Promise<boolean> {
  const { state, decidedBy, reason } = to;
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_menu_item')
    .set({
      state,
      ...(decidedBy === undefined ? {} : { decided_by: idToBinary(decidedBy) }),
      ...(reason === undefined ? {} : { reason }),
    })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function countMenuItems(tx: Db, teamId: string): Promise<number> {
  const { count } = await selectScoped(tx, 'volunteering_menu_item', everywhere)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('team_id', '=', idToBinary(teamId))
    .where('state', 'in', ['proposed', 'offered', 'paused'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

export interface MenuReach {
  scope: AreaScope;
  teamId?: string;
  /** Where somebody lives: only what is offered there. */
  offeredAt?: { programmeId: string; areaPath: string };
}

/** What can be ordered, or all of an area or a team; the newest first, one more than the limit. */
export async function listMenuItems(
  db: Db,
  { scope, teamId, offeredAt }: MenuReach,
  filter: { search: string | undefined; state: MenuState | undefined },
  page: { after: string | null; limit: number },
): Promise<StoredMenuItem[]> {
  let query = select(db, scope);
  if (teamId !== undefined) {
    query = query.where('volunteering_menu_item.team_id', '=', idToBinary(teamId));
  }
  if (offeredAt !== undefined) {
    query = query
      .where('volunteering_menu_item.programme_id', '=', idToBinary(offeredAt.programmeId))
      .where('volunteering_menu_item.state', '=', 'offered')
      .where(sql<boolean>`LOCATE(volunteering_menu_item.area_path, ${offeredAt.areaPath}) = 1`);
  }
  if (filter.state !== undefined) {
    query = query.where('volunteering_menu_item.state', '=', filter.state);
  }
  if (filter.search !== undefined) {
    query = query.where('volunteering_menu_item.title', 'like', containing(filter.search));
  }
  if (page.after !== null) {
    query = query.where('volunteering_menu_item.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('volunteering_menu_item.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toMenuItem);
}
