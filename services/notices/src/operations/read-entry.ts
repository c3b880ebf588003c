import { requirePermission } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import { type CivilDate, civilDateOf } from '@ddp/calendar/civil-date';
import type { listEntries as listRoute, readEntry as route } from '@ddp/contracts/notices/routes';
import type { BoardEntry } from '@ddp/contracts/notices/schemas';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { NoticesDeps } from '../deps.ts';
import { isOnBoard, oldestShownEnd } from '../domain/board.ts';
import * as entries from '../store/entries.ts';

/** An entry, also a withdrawn one with its reason; before its first day for staff only. */
export async function readEntry(
  { store, clock }: NoticesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('public', principal);
  const entry = await entries.findEntry(store.db, params.id);
  const isStaff = principal.kind === 'person' && isStaffRole(principal.role);
  if (!entry || (!isStaff && entry.fromOn > civilDateOf(clock.now()))) {
    throw new Problem(commonProblems.notFound);
  }
  return toShown(entry, civilDateOf(clock.now()));
}

/** The board: what is up now, and what came down within thirty days. */
export async function listEntries(
  { store, clock }: NoticesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('public', principal);
  const before = decodeCursor(query.cursor, idCursor);
  const today = civilDateOf(clock.now());
  const filter = { areaCode: query.areaCode, today, endedSince: oldestShownEnd(today) };
  const rows = await entries.listEntries(store.db, filter, before, query.limit);
  const show = (entry: entries.StoredEntry) => toShown(entry, today);
  return toPage(rows, query.limit, show, (entry) => entry.id);
}

/**
 * The public never learns who wrote an entry, nor what a service calls it, and whom it names only
 * while it is up: an objection that nobody answers must not keep a name on the board.
 */
export function toShown(
  { authorId: _authorId, subjectRef: _subjectRef, ...entry }: entries.StoredEntry,
  today: CivilDate,
): BoardEntry {
  return isOnBoard(entry, today) ? entry : { ...entry, namedAs: null };
}
