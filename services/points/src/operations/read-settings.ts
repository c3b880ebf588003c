import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type {
  listSettings as listRoute,
  readSettings as readRoute,
} from '@ddp/contracts/points/settings-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import {
  listSettingsVersions,
  readSettingsVersion,
  type SettingsVersion,
} from '../store/settings.ts';

/** The settings in force, for everybody who takes part; who set them is for staff to know. */
export async function readSettings(
  { store }: PointsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof readRoute>> {
  const person = requirePerson(principal);
  const today = civilDateOf(await readNow(store.db, store.clock));
  const version = await readSettingsVersion(store.db, requireProgramme(person), today);
  return { ...toResult(version), setBy: null };
}

export async function listSettings(
  { store }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('points.read', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const before = decodeCursor(query.cursor, /^\d{1,9}$/);
  const rows = await listSettingsVersions(
    store.db,
    programmeId,
    before === null ? null : Number(before),
    query.limit,
  );
  return toPage(rows, query.limit, toResult, ({ version }) => String(version));
}

function toResult(version: SettingsVersion): RouteResult<typeof readRoute> {
  return { ...version, setAt: version.setAt?.toISOString() ?? null };
}
