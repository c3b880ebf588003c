import { noticeRequested } from '@ddp/contracts/notices/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isOpen } from '../domain/benefit-state.ts';
import { clockTimeOf } from '../domain/deadlines.ts';
import { findBenefit } from '../store/benefits.ts';
import { listEndedPlaces, listLapsedPlaces, listOfferable } from '../store/due-places.ts';
import { setPiecesAside } from '../store/goods.ts';
import { readSettings } from '../store/settings.ts';
import { lockFirstWaiting, lockPlace, markOffered } from '../store/waiting-places.ts';
import { endPlace } from './answer-waiting-offer.ts';
import { mustHold } from './must-hold.ts';
import { fundingOf } from './tell-funding.ts';

type Tx = Transaction<RewardsDatabase>;
const batchSize = 200;
/** Pieces of one benefit that are offered in one transaction. */
const offersAtOnce = 50;

/**
 * Moves the lines on, whatever it was that brought a piece back: ends those of what is over, lets
 * lapse what nobody accepted in time, and offers what there is to who stands first.
 */
export async function moveWaitingLines(deps: RewardsDeps): Promise<void> {
  const { db, clock } = deps.store;
  const over = await listEndedPlaces(db, clock, batchSize);
  await eachAlone(deps, over, (tx, id) => closePlace(deps, tx, id, 'ended'));
  const lapsed = await listLapsedPlaces(db, clock, batchSize);
  await eachAlone(deps, lapsed, (tx, id) => closePlace(deps, tx, id, 'lapsed'));
  const offerable = await listOfferable(db, clock, batchSize);
  await eachAlone(deps, offerable, (tx, id) => offerPieces(deps, tx, id));
}

/** What fails is logged and tried in the next round; the others go on. */
async function eachAlone(
  { store, log }: RewardsDeps,
  ids: readonly string[],
  move: (tx: Tx, id: string) => Promise<void>,
): Promise<void> {
  for (const id of ids) {
    const run = (tx: Tx) => move(tx, id);
    await transact(store.db, run, { isRepeatable: true }).catch((error: unknown) => {
      log.error({ err: error, id }, 'a waiting list could not be moved on');
    });
  }
  if (ids.length > 0) store.onCommit();
}

/** Decides again under the lock: the person may have accepted in between. */
async function closePlace(
  deps: RewardsDeps,
  tx: Tx,
  id: string,
  state: 'lapsed' | 'ended',
): Promise<void> {
  const { store } = deps;
  const place = await lockPlace(tx, id);
  if (!place) return;
  const isDue =
    place.offeredUntil !== null && place.offeredUntil <= (await readNow(tx, store.clock));
  if (state === 'lapsed' && !isDue) return;
  const requestId = `waiting-${newId()}`;
  if (!(await endPlace(deps, tx, place, state, requestId))) return;
  const notice = outgoing(noticeRequested, {
    audience: { kind: 'person', personId: place.personId },
    template: state === 'lapsed' ? 'waiting-lapsed' : 'waiting-ended',
    params: { benefit: place.benefitTitle },
  });
  await appendEvents(tx, store, [notice], requestId);
}

/** Sets a piece aside for each of those who stand first, as far as there are any. */
async function offerPieces({ store }: RewardsDeps, tx: Tx, benefitId: string): Promise<void> {
  const first = await lockFirstWaiting(tx, benefitId, offersAtOnce);
  const benefit = await findBenefit(tx, benefitId);
  const now = await readNow(tx, store.clock);
  if (!benefit || !isOpen(benefit, now)) return;
  const { pricePoints, unitValueCents, budgetId, programmeId, title } = benefit;
  const wanting = first.map(({ id }) => ({
    ...{ id, ownerId: id, benefitId, pricePoints, unitValueCents, budgetId },
    merchantId: null,
  }));
  const aside = await setPiecesAside(tx, wanting);
  const { waitingOfferHours } = await readSettings(tx, programmeId);
  const until = new Date(now.getTime() + waitingOfferHours * 3_600_000);
  const notices = [];
  for (const { id, personId } of first) {
    const merchantId = aside.get(id);
    if (merchantId === undefined) continue;
    mustHold(await markOffered(tx, { id, merchantId, until }), 'the locked place waits');
    const share = benefit.shares.find((one) => one.merchantId === merchantId);
    const merchant = share?.merchantName ?? '';
    notices.push(
      outgoing(noticeRequested, {
        audience: { kind: 'person', personId },
        template: 'waiting-offered',
        params: { benefit: title, merchant, until: clockTimeOf(until) },
      }),
    );
  }
  if (notices.length === 0) return;
  const events = [...notices, await fundingOf(tx, benefitId)];
  await appendEvents(tx, store, events, `waiting-${newId()}`);
}
