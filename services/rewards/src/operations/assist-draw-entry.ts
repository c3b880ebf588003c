import { actorOf, auditActor, requireArea, requireProgramme } from '@ddp/auth/authorize';
import type { NewConsent } from '@ddp/contracts/consent';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listAssistedEntries as listRoute,
  assistDrawEntry as route,
  withdrawAssistedEntry as withdrawRoute,
} from '@ddp/contracts/rewards/draw-routes';
import type { AssistedEntry } from '@ddp/contracts/rewards/draws';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { readHome } from '@ddp/service-kit/read-home';
import type { Kysely, Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { findEntry } from '../store/draw-entries.ts';
import { findLineArea, insertLineConsent, listAssistedIn } from '../store/line-consents.ts';
import { requireAssistant } from './assist-redemption.ts';
import { enterList, leaveList, showEntry } from './enter-draw.ts';

/** Enters somebody without a phone, by staff of where they live, with the consent that was given. */
export async function assistDrawEntry(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const programmeId = requireProgramme(staff);
  const { personId, drawId, consent } = body;
  if (personId === staff.personId) throw new Problem(rewardsProblems.ownAssistance);
  const areaPath = await readHome(deps, personId, staff.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'assist-draw-entry', input: body };
  return runCommand(store, command, async (tx) => {
    const id = await enterList(deps, tx, { programmeId, personId, drawId });
    const act = { subjectId: id, act: 'joining' as const, areaPath, by: staff, consent };
    await insertLineConsent(tx, store.clock, act);
    await appendAct(deps, tx, principal, { action: 'assist-draw-entry', id, consent });
    return readShownFor(tx, id);
  });
}

/** Entries that staff of the area made for others. */
export async function listAssistedEntries(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { areaPaths } = requireAssistant(principal);
  const { personId, limit } = query;
  const page = { personId, limit, after: decodeCursor(query.cursor, idCursor) };
  const ids = await listAssistedIn(store.db, 'rewards_draw_entry', areaPaths, page);
  const { items, nextCursor } = toPage(
    ids,
    limit,
    (id) => id,
    (id) => id,
  );
  const shown: AssistedEntry[] = [];
  for (const id of items) shown.push(await readShownFor(store.db, id));
  return { items: shown, nextCursor };
}

export async function withdrawAssistedEntry(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof withdrawRoute>,
): Promise<RouteResult<typeof withdrawRoute>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const { id } = params;
  const input = { id, ...body };
  const command = { actor: actorOf(principal), key, name: 'withdraw-assisted-entry', input };
  return runCommand(store, command, async (tx) => {
    const areaPath = await findLineArea(tx, id, staff.areaPaths);
    const entry = areaPath === null ? null : await findEntry(tx, id);
    if (areaPath === null || !entry) throw new Problem(commonProblems.notFound);
    const { consent } = body;
    await leaveList(deps, tx, { id, personId: entry.personId });
    const act = { subjectId: id, act: 'withdrawal' as const, areaPath, by: staff, consent };
    await insertLineConsent(tx, store.clock, act);
    await appendAct(deps, tx, principal, { action: 'withdraw-assisted-entry', id, consent });
    return readShownFor(tx, id);
  });
}

function appendAct(
  { store }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  principal: Caller['principal'],
  { action, id, consent }: { action: string; id: string; consent: NewConsent },
): Promise<void> {
  return appendAudit(tx, store, {
    ...auditActor(principal),
    action,
    objectKind: 'draw-entry',
    objectId: id,
    detail: { consent: consent.kind },
  });
}

async function readShownFor(db: Kysely<RewardsDatabase>, id: string): Promise<AssistedEntry> {
  const entry = await findEntry(db, id);
  if (!entry) throw new Error('an entry with a consent is not there');
  return { ...showEntry(entry), personId: entry.personId };
}
