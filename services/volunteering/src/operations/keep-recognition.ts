import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { RecognitionRules } from '@ddp/contracts/volunteering/recognition';
import type {
  listRecognitionRules as listRoute,
  setRecognitionRules as route,
} from '@ddp/contracts/volunteering/star-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { VolunteeringDeps } from '../deps.ts';
import {
  insertRecognition,
  listRecognition,
  readRecognition,
  type StoredRules,
} from '../store/recognition.ts';
import { markAllStarsDue } from '../store/star-due.ts';

/** The history of the rules, the latest first; before any was set, what the product has. */
export async function listRecognitionRules(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('signed-in', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const cursor = decodeCursor(query.cursor, /^\d{1,9}$/);
  const before = cursor === null ? null : Number(cursor);
  const rows = await listRecognition(store.db, programmeId, { before, limit: query.limit });
  if (rows.length === 0 && before === null) rows.push(await readRecognition(store.db, programmeId));
  const show = (rules: StoredRules): RecognitionRules => ({
    ...rules,
    setBy: isStaffRole(person.role) ? rules.setBy : null,
    setAt: rules.setAt?.toISOString() ?? null,
  });
  return toPage(rows, query.limit, show, ({ version }) => String(version));
}

/** Officers over the whole programme set them; everybody's stars are then looked at again. */
export async function setRecognitionRules(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const setBy = staff.personId;
  const command = { actor: actorOf(principal), key, name: 'set-recognition-rules', input: body };
  return runCommand(store, command, async (tx) => {
    const version = (await readRecognition(tx, programmeId)).version + 1;
    const next = { programmeId, version, terms: body, setBy };
    await insertRecognition(tx, store.clock, next).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    await markAllStarsDue(tx, store.clock, programmeId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'set-recognition-rules', objectKind: 'programme', objectId: programmeId },
      detail: { ...body, version },
    });
    const setAt = (await readNow(tx, store.clock)).toISOString();
    return { ...body, version, setBy, setAt };
  });
}
