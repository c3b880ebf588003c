import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { binaryToId, binaryToIdOrNull } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;

/** A code in force, with the milliseconds for which it still is where it was replaced. */
export interface ScanRow {
  scan: ResolvedScan;
  remainingMs: number | null;
}

/** What codes in force lead to, by their tokens or by their short codes. */
export async function listScans(
  db: Db,
  clock: ClockOffset,
  column: 'token' | 'short_code',
  values: readonly string[],
): Promise<Map<string, ScanRow>> {
  if (values.length === 0) return new Map();
  const rows = await selectScans(db, clock, column, values).execute();
  return new Map(rows.map((row) => [row[column], toScanRow(row)]));
}

function selectScans(
  db: Db,
  clock: ClockOffset,
  column: 'token' | 'short_code',
  values: readonly string[],
) {
  return selectScoped(db, 'codes_code', everywhere)
    .innerJoin('codes_subject_card as card', 'card.subject_id', 'codes_code.subject_id')
    .select([
      'codes_code.id',
      'codes_code.token',
      'codes_code.short_code',
      'codes_code.place',
      'card.subject_id',
      'card.kind',
      'card.name',
      'card.title',
      'card.unit_id',
      'card.unit_name',
      'card.area_name',
      'card.area_path',
      'card.programme_id',
      'card.person_id',
      'card.photo_digest',
      sql<number | null>`TIMESTAMPDIFF(MICROSECOND, ${sqlNow(clock)}, codes_code.valid_until)`.as(
        'remaining',
      ),
    ])
    .where(`codes_code.${column}`, 'in', values)
    .where('card.is_active', '=', 1)
    .where((eb) =>
      eb.or([
        eb('codes_code.state', '=', 'active'),
        eb.and([
          eb('codes_code.state', '=', 'rotated'),
          eb('codes_code.valid_until', '>', sqlNow(clock)),
        ]),
      ]),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof selectScans>['execute']>>[number];

function toScanRow(row: Row): ScanRow {
  const scan: ResolvedScan = {
    codeId: binaryToId(row.id),
    subject: {
      id: binaryToId(row.subject_id),
      kind: row.kind as ResolvedScan['subject']['kind'],
      name: row.name,
      title: row.title,
      unitId: binaryToIdOrNull(row.unit_id),
      unitName: row.unit_name,
      areaName: row.area_name,
      photoId: row.photo_digest?.toString('hex') ?? null,
    },
    place: row.place,
    areaPath: row.area_path,
    programmeId: binaryToIdOrNull(row.programme_id),
    subjectPersonId: binaryToIdOrNull(row.person_id),
  };
  return { scan, remainingMs: row.remaining === null ? null : Number(row.remaining) / 1_000 };
}
