import type { areaPastSchema } from '@ddp/contracts/directory/relocations';
import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type * as z from 'zod';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;
export type AreaPast = z.output<typeof areaPastSchema>;

export interface AreaChange {
  /** Of the change, so that what happened to several areas at once is told apart from other changes. */
  id: string;
  kind: AreaPast['change'];
  reason: string;
}

/** Keeps what areas are before they change: every one of a subtree, or those with the codes. */
export async function keepPast(
  tx: Db,
  clock: ClockOffset,
  change: AreaChange,
  which: { subtree: string } | { codes: readonly string[] },
): Promise<void> {
  if ('codes' in which && which.codes.length === 0) return;
  const scope = 'subtree' in which ? [which.subtree] : everywhere;
  let query = selectScoped(tx, 'directory_area', scope).select([
    sql<Buffer>`${idToBinary(change.id)}`.as('change_id'),
    'code',
    'name',
    'parent_code',
    'area_path',
    sql<string>`${change.kind}`.as('change_kind'),
    sql<string>`${change.reason}`.as('reason'),
    sqlNow(clock).as('until_at'),
  ]);
  if ('codes' in which) query = query.where('code', 'in', [...which.codes]);
  await tx
    .insertInto('directory_area_past')
    .columns([
      'change_id',
      'code',
      'name',
      'parent_code',
      'area_path',
      'change_kind',
      'reason',
      'until_at',
    ])
    .expression(query)
    .execute();
}

/** What an area was, the latest first, one more than the limit; with the id of each change. */
export async function listPast(
  db: Db,
  code: string,
  after: string | null,
  limit: number,
): Promise<(AreaPast & { changeId: Buffer })[]> {
  let query = selectScoped(db, 'directory_area_past', everywhere)
    .select(['change_id', 'name', 'parent_code', 'area_path', 'until_at', 'change_kind', 'reason'])
    .where('code', '=', code);
  if (after !== null) query = query.where('change_id', '<', idToBinary(after));
  const rows = await query
    .orderBy('change_id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => ({
    changeId: row.change_id,
    name: row.name,
    parentCode: row.parent_code,
    areaPath: row.area_path,
    untilAt: row.until_at.toISOString(),
    change: row.change_kind as AreaPast['change'],
    reason: row.reason,
  }));
}
