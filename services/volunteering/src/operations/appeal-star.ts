import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  decideStarAppeal as decideRoute,
  appealStar as ownRoute,
  recordStarAppeal as staffRoute,
} from '@ddp/contracts/volunteering/star-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { lockPerson } from '../store/people.ts';
import { listCounters, markStarsDue, sumVerified } from '../store/star-due.ts';
import * as stars from '../store/stars.ts';
import { showLedStar, showStar } from './list-stars.ts';
import { starNotice } from './star-steps.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** The volunteer appeals that a star is refused or ends; once, and until then nothing ends. */
export async function appealStar(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'appeal-star', input };
  return runCommand(deps.store, command, async (tx) => {
    const seen = await stars.findStar(tx, params.id);
    if (seen?.personId !== personId) throw new Problem(commonProblems.notFound);
    await writeAppeal(deps, tx, seen, { text: body.text, recordedBy: null, requestId });
    return showStar(await requireStar(tx, seen.id));
  });
}

/** Staff write it down for somebody who came to the counter. */
export async function recordStarAppeal(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('volunteering.assist', principal);
  const { personId, areaPaths, requestId } = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'record-star-appeal', input };
  return runCommand(store, command, async (tx) => {
    const seen = await stars.findStar(tx, params.id, areaPaths);
    if (!seen) throw new Problem(commonProblems.notFound);
    if (seen.personId === personId) throw new Problem(volunteeringProblems.ownStar);
    await writeAppeal(deps, tx, seen, { text: body.text, recordedBy: personId, requestId });
    await audit(deps, tx, principal, { action: 'record-star-appeal', id: seen.id });
    return showLedStar(await requireStar(tx, seen.id));
  });
}

async function writeAppeal(
  { store }: VolunteeringDeps,
  tx: Tx,
  { id, personId }: stars.StoredStar,
  { requestId, ...appeal }: { text: string; recordedBy: string | null; requestId: string },
): Promise<void> {
  await lockPerson(tx, personId);
  const { isLive, state, appealUntil, appealedAt, areaPath, level } = await requireStar(tx, id);
  const isOpen = isLive && (state === 'refused' || state === 'ending');
  const now = await readNow(tx, store.clock);
  if (!isOpen || appealedAt !== null || appealUntil === null || appealUntil <= now) {
    throw new Problem(volunteeringProblems.noAppealOpen);
  }
  await stars.appealStar(tx, store.clock, id, appeal);
  const told = outgoing(noticeRequested, {
    audience: { kind: 'role', role: 'community-officer', areaPath },
    template: 'star-appealed',
    params: { level },
  });
  await appendEvents(tx, store, [told], requestId);
}

/**
 * Decides an appeal, by an officer without a part in the hours, the objection or the appeal. Granted,
 * a star that was to end stays, and one that was refused goes to the board again.
 */
export async function decideStarAppeal(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof decideRoute>,
): Promise<RouteResult<typeof decideRoute>> {
  requirePermission('volunteering.manage', principal);
  const { personId, areaPaths, requestId } = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'decide-star-appeal', input };
  return runCommand(store, command, async (tx) => {
    const seen = await stars.findStar(tx, params.id, areaPaths);
    if (!seen) throw new Problem(commonProblems.notFound);
    await lockPerson(tx, seen.personId);
    const star = await requireStar(tx, seen.id);
    await refuseParty(tx, star, personId);
    if (!star.isLive || star.appealedAt === null || star.decision !== null) {
      throw new Problem(volunteeringProblems.noAppealOpen);
    }
    const decision = { by: personId, reason: body.reason };
    if (!(await stars.noteStarDecision(tx, star.id, decision))) {
      throw new Problem(volunteeringProblems.noAppealOpen);
    }
    await carryOut(deps, tx, star, { isGranted: body.verdict === 'granted', requestId });
    await audit(deps, tx, principal, {
      ...{ action: 'decide-star-appeal', id: star.id, detail: { verdict: body.verdict } },
    });
    return showLedStar(await requireStar(tx, star.id));
  });
}

async function refuseParty(tx: Tx, star: stars.StoredStar, personId: string): Promise<void> {
  const { answeredBy, appealRecordedBy } = star;
  const parties = [star.personId, answeredBy, appealRecordedBy, ...(await listCounters(tx, star))];
  if (parties.includes(personId)) throw new Problem(volunteeringProblems.ownStar);
}

async function carryOut(
  { store }: VolunteeringDeps,
  tx: Tx,
  star: stars.StoredStar,
  { isGranted, requestId }: { isGranted: boolean; requestId: string },
): Promise<void> {
  const { id, state } = star;
  if (isGranted && state === 'ending') {
    await stars.grantStarAppeal(tx, id, await sumVerified(tx, star));
  }
  if (isGranted && state === 'refused')
    await stars.releaseStar(tx, store.clock, id, 'appeal-granted');
  if (!isGranted && state === 'ending') await stars.endStar(tx, store.clock, id, 'hours-corrected');
  await markStarsDue(tx, store.clock, star);
  // A star that goes to the board again is told of as it goes there.
  if (isGranted && state === 'refused') return;
  const ended = state === 'ending' ? 'star-ended' : 'star-withdrawn';
  const told = starNotice(star, isGranted ? 'star-kept' : ended);
  await appendEvents(tx, store, [told], requestId);
}

async function requireStar(tx: Tx, id: string): Promise<stars.StoredStar> {
  const star = await stars.findStar(tx, id);
  if (!star) throw new Error('a star just seen is not there');
  return star;
}

function audit(
  { store }: VolunteeringDeps,
  tx: Tx,
  principal: Caller['principal'],
  { action, id, detail = {} }: { action: string; id: string; detail?: Record<string, unknown> },
): Promise<void> {
  const entry = { ...auditActor(principal), action, objectKind: 'star', objectId: id, detail };
  return appendAudit(tx, store, entry);
}
