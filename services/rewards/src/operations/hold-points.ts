import type { PayloadOf } from '@ddp/contracts/event';
import { placeHolds } from '@ddp/contracts/points/routes';
import { redemptionHeld, type redemptionRequested } from '@ddp/contracts/rewards/events';
import { runStatement } from '@ddp/db-kit/transact';
import { type Delivery, handleAllOnce } from '@ddp/queue-kit/inbox';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { RewardsDeps } from '../deps.ts';
import { holdEnd, resumeSeconds } from '../domain/deadlines.ts';
import { isReleased } from '../domain/redemption-state.ts';
import { insertEffects } from '../store/effects.ts';
import {
  listRedemptions,
  lockRedemptions,
  markHoldsAsked,
  moveRedemptions,
  type StoredRedemption,
} from '../store/redemptions.ts';
import { type Failing, failRedemptions } from './fail-redemptions.ts';
import { mustHold } from './must-hold.ts';
import { requestIdsOf } from './request-ids.ts';
import { askToVoid } from './void-hold.ts';

type Requested = Delivery<PayloadOf<typeof redemptionRequested>>;

/** A redemption went on while points were asked. */
class MovedOnError extends Error {
  override name = 'MovedOnError';
}

/**
 * Holds the points of requests. That holds will be asked for is written down before they are, so that
 * an end that comes in between knows of it; and whoever finds a request ended voids the hold. A crash
 * at any place leaves either a repeat of this job or the job of the release to do so.
 */
export async function holdPoints(
  deps: RewardsDeps,
  deliveries: readonly Requested[],
): Promise<void> {
  const { store } = deps;
  let open = deliveries;
  while (open.length > 0) {
    const stored = await listRedemptions(store.db, [...requestIdsOf(open).keys()]);
    const waiting = open.filter(({ payload }) => stateIn(stored, payload) === 'requested');
    const wentOn = open.filter((one) => !waiting.includes(one));
    await settle(deps, wentOn, stored);
    open = waiting;
    if (waiting.length === 0) return;
    const asking = stored.filter(({ state }) => state === 'requested');
    const ids = asking.map(({ id }) => id);
    const marked = await runStatement(store.db, (db) => markHoldsAsked(db, store.clock, ids));
    if (marked !== ids.length) continue;
    const refusals = await askForHolds(deps, asking, waiting[0]?.requestId ?? '');
    if (await recordAnswers(deps, waiting, refusals)) return;
  }
}

function stateIn(stored: readonly StoredRedemption[], { redemptionId }: Requested['payload']) {
  const redemption = stored.find(({ id }) => id === redemptionId);
  if (!redemption) throw new Error(`there is no redemption ${redemptionId}`);
  return redemption.state;
}

/** What was requested no longer: a hold that may have been placed for it is voided. */
async function settle(
  deps: RewardsDeps,
  wentOn: readonly Requested[],
  stored: readonly StoredRedemption[],
): Promise<void> {
  for (const { payload, requestId } of wentOn) {
    if (isReleased(stateIn(stored, payload)))
      await askToVoid(deps, payload.redemptionId, requestId);
  }
  if (wentOn.length > 0) await handleAllOnce(deps.store, wentOn, async () => {});
}

/** Of each redemption null when its points are held, else the slug of the refusal. */
async function askForHolds(
  { caller }: RewardsDeps,
  redemptions: readonly StoredRedemption[],
  requestId: string,
): Promise<Map<string, string | null>> {
  const holds = redemptions.map((one) => ({
    id: one.id,
    programmeId: one.programmeId,
    personId: one.personId,
    amountPoints: one.pricePoints,
    minimumStanding: one.minimumStanding,
    expiresAt: holdEnd(one.requestedAt, one.validDays).toISOString(),
    reference: `redemption:${one.id}`,
  }));
  const { results } = await caller.call(placeHolds, { body: { holds } }, { requestId });
  return new Map(results.map(({ id, problem }) => [id, problem]));
}

/** False when a redemption was not waiting for its answer any more; nothing is written then. */
async function recordAnswers(
  deps: RewardsDeps,
  deliveries: readonly Requested[],
  refusals: ReadonlyMap<string, string | null>,
): Promise<boolean> {
  const { store } = deps;
  try {
    await handleAllOnce(store, deliveries, async (tx, fresh) => {
      const requestIds = requestIdsOf(fresh);
      const locked = await lockRedemptions(tx, [...requestIds.keys()]);
      if (locked.some(({ state }) => state !== 'requested')) throw new MovedOnError();
      const held: string[] = [];
      const failing: Failing[] = [];
      for (const redemption of locked) {
        const { id } = redemption;
        const failure = refusals.get(id);
        if (failure === undefined) throw new Error(`points gave no verdict for ${id}`);
        if (failure === null) held.push(id);
        else failing.push({ redemption, failure, requestId: requestIds.get(id) ?? '' });
      }
      await failRedemptions(deps, tx, 'requested', failing);
      if (held.length === 0) return;
      const move = { from: 'requested', to: 'held', nextSeconds: resumeSeconds } as const;
      mustHold(await moveRedemptions(tx, store.clock, held, move), 'they were requested');
      await insertEffects(tx, store.clock, held, 'held');
      const events = held.map((redemptionId) => ({
        ...outgoing(redemptionHeld, { redemptionId }),
        requestId: requestIds.get(redemptionId) ?? '',
      }));
      await appendEventRows(tx, store, events);
    });
    return true;
  } catch (error) {
    if (error instanceof MovedOnError) return false;
    throw error;
  }
}
