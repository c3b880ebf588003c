import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { openDraw as route } from '@ddp/contracts/rewards/draw-routes';
import type { NewDraw } from '@ddp/contracts/rewards/draws';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isOver } from '../domain/benefit-state.ts';
import { hashSeed } from '../domain/draw-order.ts';
import { findBenefit, type StoredBenefit } from '../store/benefits.ts';
import { findDraw, hasStandingDraw, insertDraw, type StoredDraw } from '../store/draws.ts';
import { setPiecesAside } from '../store/goods.ts';
import { readSettings } from '../store/settings.ts';
import { showDraw } from './show-draw.ts';
import { fundingOf } from './tell-funding.ts';

type Tx = Transaction<RewardsDatabase>;
const minuteMs = 60_000;

/**
 * Opens a draw: the winners' pieces are set aside, and the hash of its seed is public from now on.
 * The seed follows from the master key, so that no row tells it before the drawing.
 */
export async function openDraw(
  { store, voucherKeys }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const officer = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'open-draw', input: body };
  const id = newId();
  const seal = voucherKeys.newSeal();
  return runCommand(store, command, async (tx) => {
    const benefit = await findBenefit(tx, body.benefitId, officer.areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    if (benefit.allocation !== 'draw') throw new Problem(rewardsProblems.notByDraw);
    const now = await readNow(tx, store.clock);
    if (benefit.state !== 'published' || isOver(benefit, now)) {
      throw new Problem(rewardsProblems.notPublished);
    }
    const times = await readTimes(tx, benefit, body, now);
    if (await hasStandingDraw(tx, benefit.id)) throw new Problem(commonProblems.conflict);
    const { programmeId, id: benefitId } = benefit;
    const { winners } = body;
    const seedHash = hashSeed(seedOf({ voucherKeys }, { id, seal }));
    const of = { id, programmeId, benefitId, winners, seal, seedHash };
    await insertDraw(tx, store.clock, { ...of, ...times, openedBy: officer.personId });
    await setWinnersAside(tx, benefit, id, winners);
    await appendEvents(tx, store, [await fundingOf(tx, benefitId)], officer.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'open-draw',
      objectKind: 'draw',
      objectId: id,
      detail: body,
    });
    const written = await findDraw(tx, id);
    if (!written) throw new Error('the draw just written is not there');
    return showDraw(written);
  });
}

/** The seed of a draw, in hex. */
export function seedOf(
  { voucherKeys }: Pick<RewardsDeps, 'voucherKeys'>,
  { id, seal }: Pick<StoredDraw, 'id' | 'seal'>,
): string {
  return voucherKeys.secretOf(`draw:${id}`, seal).toString('hex');
}

async function readTimes(tx: Tx, benefit: StoredBenefit, body: NewDraw, now: Date) {
  const [entriesFrom, entriesUntil, drawnFrom] = [
    new Date(body.entriesFrom),
    new Date(body.entriesUntil),
    new Date(body.drawnFrom),
  ];
  if (entriesUntil <= entriesFrom || entriesUntil <= now) {
    throw invalid('/entriesUntil', '截止须晚于开始和现在', 'it is before the beginning, or over');
  }
  const { drawPublishedMinutes } = await readSettings(tx, benefit.programmeId);
  if (drawnFrom.getTime() < entriesUntil.getTime() + drawPublishedMinutes * minuteMs) {
    const zh = `名单须在抽签前至少公示 ${drawPublishedMinutes} 分钟`;
    const en = `the list is public for at least ${drawPublishedMinutes} minutes before`;
    throw invalid('/drawnFrom', zh, en);
  }
  if (benefit.closesAt !== null && drawnFrom >= benefit.closesAt) {
    throw invalid('/drawnFrom', '须早于权益的结束时间', 'the benefit is not on offer by then');
  }
  return { entriesFrom, entriesUntil, drawnFrom };
}

function invalid(pointer: string, zh: string, en: string): Problem {
  return new Problem(commonProblems.invalidRequest, {
    errors: [{ pointer, message: { zh, en } }],
  });
}

/** All of them or none, so that nobody wins what is not there. */
async function setWinnersAside(tx: Tx, benefit: StoredBenefit, ownerId: string, winners: number) {
  const { id: benefitId, pricePoints, unitValueCents, budgetId } = benefit;
  const wanting = Array.from({ length: winners }, () => ({
    ...{ id: newId(), ownerId, benefitId, pricePoints, unitValueCents, budgetId },
    merchantId: null,
  }));
  if ((await setPiecesAside(tx, wanting)).size === winners) return;
  const open = benefit.shares.filter(({ merchantState }) => merchantState === 'active');
  const left = open.reduce((sum, { available }) => sum + available, 0);
  throw new Problem(left < winners ? rewardsProblems.soldOut : rewardsProblems.budgetExhausted);
}
