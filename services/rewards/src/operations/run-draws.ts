import { noticeRequested } from '@ddp/contracts/notices/events';
import { readLedgerHead } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { drawOrder, hashList, hashSeed } from '../domain/draw-order.ts';
import { listEntered, listNumbers, moveEntry, writePlaces } from '../store/draw-entries.ts';
import * as draws from '../store/draws.ts';
import { readSettings } from '../store/settings.ts';
import { awardNext } from './award-draw.ts';
import { callOff } from './cancel-draw.ts';
import { mustHold } from './must-hold.ts';
import { seedOf } from './open-draw.ts';

type Tx = Transaction<RewardsDatabase>;
const batchSize = 50;
/** Winners of one draw that are given their pieces in one round. */
const awardsAtOnce = 100;
const toldAtOnce = 200;
const minuteMs = 60_000;
const overReason = '权益已不再兑换 · the benefit is not on offer any more';

/**
 * Brings draws on by the database's time: freezes lists whose time is over, draws, gives winners
 * their pieces in the order of the result, and tells the others when all is done. Each step is a
 * transaction that looks at the draw again under its lock, so that it happens once.
 */
export async function runDraws(deps: RewardsDeps): Promise<void> {
  const { db, clock } = deps.store;
  const each = (ids: readonly string[], run: (id: string) => Promise<unknown>) =>
    eachAlone(deps, ids, run);
  const over = await draws.listOverDraws(db, clock, batchSize);
  await each(over, (id) => inDraw(deps, id, (tx, draw) => endOver(deps, tx, draw)));
  await each(await draws.listDueDraws(db, clock, 'open', batchSize), (id) => freeze(deps, id));
  await each(await draws.listDueDraws(db, clock, 'frozen', batchSize), (id) => drawLots(deps, id));
  await each(await draws.listDrawsIn(db, 'drawn', batchSize), async (id) => {
    for (let count = 0; count < awardsAtOnce; count += 1) {
      if (!(await awardNext(deps, id))) return;
    }
  });
  await each(await draws.listUntoldDraws(db, batchSize), (id) => tellRest(deps, id));
}

async function eachAlone(
  { store, log }: RewardsDeps,
  ids: readonly string[],
  run: (id: string) => Promise<unknown>,
): Promise<void> {
  for (const id of ids) {
    await run(id).catch((error: unknown) => {
      log.error({ err: error, drawId: id }, 'a draw could not be brought on');
    });
  }
  if (ids.length > 0) store.onCommit();
}

function inDraw(
  { store }: RewardsDeps,
  id: string,
  change: (tx: Tx, draw: draws.StoredDraw) => Promise<void>,
): Promise<void> {
  const run = async (tx: Tx) => {
    const draw = await draws.lockDraw(tx, id);
    if (draw) await change(tx, draw);
  };
  return transact(store.db, run, { isRepeatable: true });
}

async function endOver(deps: RewardsDeps, tx: Tx, draw: draws.StoredDraw): Promise<void> {
  await callOff(deps, tx, draw, overReason, `draw-${newId()}`);
}

const readHead = ({ caller }: RewardsDeps, id: string) =>
  caller.call(readLedgerHead, {}, { requestId: `draw-${id}` });

/**
 * Freezes the list. The head of the ledger is asked for when no entry can come any more, so that a
 * later block was made after the list was.
 */
async function freeze(deps: RewardsDeps, id: string): Promise<void> {
  const { store } = deps;
  const { seq: headAtFreeze } = await readHead(deps, id);
  await inDraw(deps, id, async (tx, draw) => {
    if (draw.state !== 'open' || draw.entriesUntil > (await readNow(tx, store.clock))) return;
    const numbers = await listNumbers(tx, id);
    const freeze = { entries: numbers.length, listHash: hashList(numbers), headAtFreeze };
    await draws.markFrozen(tx, store.clock, id, freeze);
  });
}

/** Draws with the first head that is seen after the list was public for its time; waits for one. */
async function drawLots(deps: RewardsDeps, id: string): Promise<void> {
  const { store } = deps;
  const head = await readHead(deps, id);
  await inDraw(deps, id, async (tx, draw) => {
    const { state, frozenAt, headAtFreeze, listHash } = draw;
    if (state !== 'frozen' || frozenAt === null || headAtFreeze === null) return;
    const { drawPublishedMinutes } = await readSettings(tx, draw.programmeId);
    const publicUntil = frozenAt.getTime() + drawPublishedMinutes * minuteMs;
    const due = Math.max(draw.drawnFrom.getTime(), publicUntil);
    if ((await readNow(tx, store.clock)).getTime() < due || head.seq <= headAtFreeze) return;
    const seed = seedOf(deps, draw);
    mustHold(hashSeed(seed) === draw.seedHash, 'the seed is the one of the published hash');
    const numbers = await listNumbers(tx, id);
    mustHold(hashList(numbers) === listHash, 'the list is the one that was published');
    const order = drawOrder(seed, head.hash, numbers);
    const written = await writePlaces(tx, id, order);
    mustHold(written === numbers.length, 'every entry has its place');
    await draws.markResult(tx, store.clock, id, { seed, head });
  });
}

/** Tells some of those whom an ended draw had no piece for, and notes when it was all of them. */
async function tellRest(deps: RewardsDeps, id: string): Promise<void> {
  const { store } = deps;
  await inDraw(deps, id, async (tx, { state, benefitTitle }) => {
    const some = await listEntered(tx, id, toldAtOnce);
    const notices = [];
    for (const { id: entryId, personId } of some) {
      if (!(await moveEntry(tx, entryId, { state: 'over' }))) continue;
      notices.push(
        outgoing(noticeRequested, {
          audience: { kind: 'person', personId },
          template: state === 'cancelled' ? 'draw-cancelled' : 'draw-over',
          params: { benefit: benefitTitle },
        }),
      );
    }
    if (some.length < toldAtOnce) await draws.markTold(tx, store.clock, id);
    await appendEvents(tx, store, notices, `draw-${newId()}`);
  });
}
