import { actorOf, auditActor, requireArea, requireProgramme } from '@ddp/auth/authorize';
import type { NewConsent } from '@ddp/contracts/consent';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { AssistedWaiting } from '@ddp/contracts/rewards/waiting';
import type {
  acceptAssistedOffer as acceptRoute,
  leaveAssistedWaiting as leaveRoute,
  listAssistedWaiting as listRoute,
  assistWaiting as route,
} from '@ddp/contracts/rewards/waiting-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { readHome } from '@ddp/service-kit/read-home';
import type { Kysely, Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { insertAssistance } from '../store/assistances.ts';
import { findLineArea, insertLineConsent, listAssistedIn } from '../store/line-consents.ts';
import { findPlace, type StoredPlace } from '../store/waiting-places.ts';
import { leaveLine, redeemPlace } from './answer-waiting-offer.ts';
import { requireAssistant, requireAssisted, showAssisted } from './assist-redemption.ts';
import { enterLine, showPlace } from './join-waiting-list.ts';
import { readMaskedName } from './read-masked-name.ts';

type Tx = Transaction<RewardsDatabase>;

/** Lets somebody without a phone wait, by staff of where they live, with the consent that was given. */
export async function assistWaiting(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const programmeId = requireProgramme(staff);
  const { personId, benefitId, consent } = body;
  if (personId === staff.personId) throw new Problem(rewardsProblems.ownAssistance);
  const areaPath = await readHome(deps, personId, staff.requestId);
  requireArea(principal, areaPath);
  const personName = await readMaskedName(deps, personId, staff.requestId);
  const command = { actor: actorOf(principal), key, name: 'assist-waiting', input: body };
  return runCommand(store, command, async (tx) => {
    const id = await enterLine(deps, tx, { programmeId, personId, personName, benefitId });
    const act = { subjectId: id, act: 'joining' as const, areaPath, by: staff, consent };
    await insertLineConsent(tx, store.clock, act);
    await appendAct(deps, tx, principal, { action: 'assist-waiting', id, personId, consent });
    return readShownFor(tx, id);
  });
}

/** Where staff of the area let others wait. */
export async function listAssistedWaiting(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { areaPaths } = requireAssistant(principal);
  const { personId, limit } = query;
  const page = { personId, limit, after: decodeCursor(query.cursor, idCursor) };
  const ids = await listAssistedIn(store.db, 'rewards_waiting_place', areaPaths, page);
  const { items, nextCursor } = toPage(
    ids,
    limit,
    (id) => id,
    (id) => id,
  );
  const shown: AssistedWaiting[] = [];
  for (const id of items) shown.push(await readShownFor(store.db, id));
  return { items: shown, nextCursor };
}

/** Redeems for somebody the piece that they are offered; it can be put on paper like any other. */
export async function acceptAssistedOffer(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof acceptRoute>,
): Promise<RouteResult<typeof acceptRoute>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'accept-assisted-offer', input };
  return runCommand(store, command, async (tx) => {
    const { place, areaPath } = await requireAssistedPlace(tx, params.id, staff);
    const { personId } = place;
    const { consent } = body;
    const redemptionId = await redeemPlace(deps, tx, { id: place.id, personId }, staff.requestId);
    const act = { redemptionId, act: 'redemption' as const, areaPath, by: staff, consent };
    await insertAssistance(tx, store.clock, act);
    const audited = { action: 'accept-assisted-offer', id: place.id, personId, consent };
    await appendAct(deps, tx, principal, audited);
    return showAssisted(tx, await requireAssisted(tx, redemptionId, staff));
  });
}

export async function leaveAssistedWaiting(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof leaveRoute>,
): Promise<RouteResult<typeof leaveRoute>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'leave-assisted-waiting', input };
  return runCommand(store, command, async (tx) => {
    const { place, areaPath } = await requireAssistedPlace(tx, params.id, staff);
    const { id, personId } = place;
    const { consent } = body;
    await leaveLine(deps, tx, { id, personId }, staff.requestId);
    const act = { subjectId: id, act: 'withdrawal' as const, areaPath, by: staff, consent };
    await insertLineConsent(tx, store.clock, act);
    const audited = { action: 'leave-assisted-waiting', id, personId, consent };
    await appendAct(deps, tx, principal, audited);
    return readShownFor(tx, id);
  });
}

/** A place that staff of the area took for somebody; another looks as if it were not there. */
async function requireAssistedPlace(
  tx: Tx,
  id: string,
  { areaPaths }: PersonPrincipal,
): Promise<{ place: StoredPlace; areaPath: string }> {
  const areaPath = await findLineArea(tx, id, areaPaths);
  const place = areaPath === null ? null : await findPlace(tx, id);
  if (areaPath === null || !place) throw new Problem(commonProblems.notFound);
  return { place, areaPath };
}

function appendAct(
  { store }: RewardsDeps,
  tx: Tx,
  principal: Caller['principal'],
  { action, id, personId, consent }: Acted,
): Promise<void> {
  return appendAudit(tx, store, {
    ...auditActor(principal),
    action,
    objectKind: 'waiting-place',
    objectId: id,
    detail: { personId, consent: consent.kind },
  });
}

interface Acted {
  action: string;
  id: string;
  personId: string;
  consent: NewConsent;
}

async function readShownFor(db: Kysely<RewardsDatabase>, id: string): Promise<AssistedWaiting> {
  const place = await findPlace(db, id);
  if (!place) throw new Error('a waiting place with a consent is not there');
  return { ...(await showPlace(db, place)), personId: place.personId };
}
