import type { BenefitState } from '@ddp/contracts/rewards/benefits';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { stateAfter } from '../domain/benefit-state.ts';
import { listDueBenefits } from '../store/benefit-lists.ts';
import { lockBenefit, moveBenefit } from '../store/benefits.ts';
import { findForbiddenIn } from './refuse-forbidden.ts';
import { fundingOf } from './tell-funding.ts';

const batchSize = 200;
const ending = { act: 'end', states: ['approved', 'published', 'paused'] } as const;
const opening = { act: 'publish', states: ['approved'] } as const;

/** Ends what is past its window, and puts on offer what was approved and has come to its own. */
export async function openAndEndBenefits(deps: RewardsDeps): Promise<void> {
  await sweep(deps, ending, 'closes_at');
  await sweep(deps, opening, 'opens_at');
}

async function sweep(
  deps: RewardsDeps,
  { act, states }: { act: 'end' | 'publish'; states: readonly BenefitState[] },
  column: 'opens_at' | 'closes_at',
): Promise<void> {
  const { store, log } = deps;
  const due = { states, column, limit: batchSize };
  const ids = await listDueBenefits(store.db, store.clock, due);
  for (const id of ids) {
    const move = (tx: Transaction<RewardsDatabase>) => moveDue(deps, tx, id, act);
    await transact(store.db, move, { isRepeatable: true }).catch((error: unknown) => {
      log.error({ err: error, benefitId: id }, 'a benefit could not follow its window');
    });
  }
  if (ids.length > 0) store.onCommit();
}

/** Decides again under the lock, by the database's time: somebody may have been there in between. */
async function moveDue(
  { store, log }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  id: string,
  act: 'end' | 'publish',
): Promise<void> {
  const benefit = await lockBenefit(tx, id, everywhere);
  const to = benefit && stateAfter(act, benefit.state);
  const at = act === 'end' ? benefit?.closesAt : benefit?.opensAt;
  if (!benefit || !to || !at || at > (await readNow(tx, store.clock))) return;
  if (act === 'publish' && findForbiddenIn(benefit).length > 0) {
    log.warn({ benefitId: id }, 'the words of an approved benefit are forbidden by now');
    await moveBenefit(tx, id, { to: 'withdrawn' });
  } else await moveBenefit(tx, id, { to });
  await appendEvents(tx, store, [await fundingOf(tx, id)], `window-${id}`);
}
