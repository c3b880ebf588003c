import type { SettlementRun } from '@ddp/contracts/rewards/settlements';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredRun {
  id: string;
  programmeId: string;
  month: string;
  state: SettlementRun['state'];
  /** The last merchant that was looked at. */
  cursorId: string | null;
  statements: number;
}

function toRun(row: Selectable<RewardsDatabase['rewards_settlement_run']>): StoredRun {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    month: row.month,
    state: row.state as StoredRun['state'],
    cursorId: binaryToIdOrNull(row.cursor_id),
    statements: row.statements,
  };
}

/** Throws a duplicate where the month of the programme has a run. */
export async function insertRun(
  tx: Db,
  clock: ClockOffset,
  run: { id: string; programmeId: string; month: string; startedBy: string | null },
): Promise<void> {
  await tx
    .insertInto('rewards_settlement_run')
    .values({
      id: idToBinary(run.id),
      programme_id: idToBinary(run.programmeId),
      month: run.month,
      state: 'collecting',
      cursor_id: null,
      statements: 0,
      next_at: sqlNow(clock),
      started_by: run.startedBy === null ? null : idToBinary(run.startedBy),
      started_at: sqlNow(clock),
      done_at: null,
    })
    .execute();
}

export async function findRun(db: Db, id: string): Promise<StoredRun | null> {
  const row = await db
    .selectFrom('rewards_settlement_run')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

/** Whoever goes through the merchants of a run holds this lock. */
export async function lockRun(tx: Db, id: string): Promise<StoredRun | null> {
  const row = await tx
    .selectFrom('rewards_settlement_run')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

/** The run of a month, or the last one where no month is given. */
export async function findRunOf(
  db: Db,
  programmeId: string,
  month?: string,
): Promise<StoredRun | null> {
  let query = db
    .selectFrom('rewards_settlement_run')
    .selectAll()
    .where('programme_id', '=', idToBinary(programmeId));
  if (month !== undefined) query = query.where('month', '=', month);
  const row = await query.orderBy('month', 'desc').limit(1).executeTakeFirst();
  return row ? toRun(row) : null;
}

/** When the first voucher of a programme was verified; null where none was. */
export async function findFirstVerification(db: Db, programmeId: string): Promise<Date | null> {
  const row = await selectScoped(db, 'rewards_verification', everywhere)
    .select('verified_at')
    .where('programme_id', '=', idToBinary(programmeId))
    .orderBy('verified_at')
    .limit(1)
    .executeTakeFirst();
  return row?.verified_at ?? null;
}

const isDue = (clock: ClockOffset) => sql<boolean>`next_at <= ${sqlNow(clock)}`;
const after = (clock: ClockOffset, seconds: number) =>
  sql<Date>`(${sqlNow(clock)} + INTERVAL ${seconds} SECOND)`;

export async function listDueRuns(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_settlement_run')
    .select('id')
    .where(isDue(clock))
    .orderBy('next_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Takes a run that is due for so long; false when somebody else took it. */
export async function claimRun(
  db: Db,
  clock: ClockOffset,
  id: string,
  seconds: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('rewards_settlement_run')
    .set({ next_at: after(clock, seconds) })
    .where('id', '=', idToBinary(id))
    .where(isDue(clock))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Lets a run that is not done be gone on with at once. */
export async function wakeRun(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('rewards_settlement_run')
    .set({ next_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '<>', 'done')
    .execute();
}

/** Says how far a run that is locked has come. */
export async function moveRun(
  tx: Db,
  id: string,
  move: { cursorId?: string; statements?: number; state?: StoredRun['state'] },
): Promise<void> {
  const { cursorId, statements, state } = move;
  await tx
    .updateTable('rewards_settlement_run')
    .set({
      ...(cursorId === undefined ? {} : { cursor_id: idToBinary(cursorId) }),
      ...(statements === undefined ? {} : { statements }),
      ...(state === undefined ? {} : { state }),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function markRunDone(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('rewards_settlement_run')
    .set({ state: 'done', next_at: null, done_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'drawing')
    .execute();
}

/** Runs of a programme as they are shown, newest first, one more than the limit. */
export async function listRuns(
  db: Db,
  of: { programmeId: string } | { id: string },
  page: { after: string | null; limit: number },
): Promise<SettlementRun[]> {
  let query = db
    .selectFrom('rewards_settlement_run as run')
    .selectAll('run')
    .select((eb) =>
      eb
        .selectFrom('rewards_statement as one')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('one.run_id', '=', 'run.id')
        .where('one.state', 'not in', ['collecting', 'summed'])
        .as('drawn'),
    );
  query =
    'id' in of
      ? query.where('run.id', '=', idToBinary(of.id))
      : query.where('run.programme_id', '=', idToBinary(of.programmeId));
  if (page.after !== null) query = query.where('run.month', '<', page.after);
  const rows = await query
    .orderBy('run.month', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    month: row.month,
    state: row.state as SettlementRun['state'],
    statements: row.statements,
    drawn: Number(row.drawn ?? 0),
    startedAt: row.started_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
  }));
}

/** The merchant after another one in the order in which a run goes through them. */
export async function findNextMerchant(
  tx: Db,
  programmeId: string,
  after: string | null,
): Promise<string | null> {
  let query = selectScoped(tx, 'rewards_merchant', everywhere)
    .select('id')
    .where('programme_id', '=', idToBinary(programmeId));
  if (after !== null) query = query.where('id', '>', idToBinary(after));
  const row = await query.orderBy('id').limit(1).executeTakeFirst();
  return row ? binaryToId(row.id) : null;
}
