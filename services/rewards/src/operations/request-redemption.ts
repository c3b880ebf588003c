import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { redemptionRequested } from '@ddp/contracts/rewards/events';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { requestRedemption as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isOpen } from '../domain/benefit-state.ts';
import { resumeSeconds, settleHours } from '../domain/deadlines.ts';
import { periodsOf } from '../domain/quota-periods.ts';
import { findBenefit, type StoredBenefit } from '../store/benefits.ts';
import { findBudget, hasLeft } from '../store/budgets.ts';
import { insertEffect } from '../store/effects.ts';
import { takeQuota } from '../store/quotas.ts';
import { insertRedemption } from '../store/redemptions.ts';
import { lockResident } from '../store/residents.ts';
import { showRedemption } from './read-redemption.ts';
import { refuseOutOfTurn } from './refuse-out-of-turn.ts';

/** Takes a request and its places of the quota; jobs then hold points and reserve stock. */
export async function requestRedemption(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const { personId, requestId } = person;
  const command = { actor: actorOf(principal), key, name: 'request-redemption', input: body };
  return runCommand(store, command, async (tx) => {
    const id = await takeRequest({ store }, tx, { programmeId, personId, ...body }, requestId);
    return showRedemption(tx, id, personId);
  });
}

interface Asked {
  programmeId: string;
  /** Who redeems, whoever sends it. */
  personId: string;
  benefitId: string;
  merchantId?: string | undefined;
  /** Whether a piece is set aside for it, so that no stock is looked for. */
  isSetAside?: boolean;
}

/** Writes a request down, with its places of the quota; its id. */
export async function takeRequest(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Transaction<RewardsDatabase>,
  asked: Asked,
  requestId: string,
): Promise<string> {
  const { programmeId, personId } = asked;
  if (!(await lockResident(tx, personId))) throw new Problem(commonProblems.notFound);
  const benefit = await findBenefit(tx, asked.benefitId);
  if (benefit?.programmeId !== programmeId) throw new Problem(commonProblems.notFound);
  const now = await readNow(tx, store.clock);
  if (!isOpen(benefit, now)) throw new Problem(rewardsProblems.notPublished);
  if (!asked.isSetAside) {
    await refuseOutOfTurn(tx, benefit);
    refuseWithoutStock(benefit, asked.merchantId ?? null);
    await refuseWithoutBudget(tx, benefit);
  }
  const today = civilDateOf(now);
  const periods = periodsOf(benefit, today);
  const owner = { programmeId, personId, benefitId: benefit.id };
  if (!(await takeQuota(tx, owner, periods))) throw new Problem(rewardsProblems.limitReached);
  const { pricePoints, minimumStanding, validDays, areaPath } = benefit;
  const { budgetId, unitValueCents, textVersion } = benefit;
  const redemption = {
    ...owner,
    ...{ pricePoints, minimumStanding, validDays, areaPath },
    ...{ budgetId, unitValueCents, textVersion },
    id: newId(),
    merchantId: asked.merchantId ?? null,
    quotaMonth: monthOf(today),
    quotaPeriods: periods.map(({ period }) => period),
  };
  await insertRedemption(tx, store.clock, redemption, {
    endsSeconds: settleHours * 3_600,
    nextSeconds: resumeSeconds,
  });
  await insertEffect(tx, store.clock, redemption.id, 'requested');
  const requested = outgoing(redemptionRequested, { redemptionId: redemption.id });
  await appendEvents(tx, store, [requested], requestId);
  return redemption.id;
}

/** Stock at the merchant that was chosen, or at any that takes redemptions. */
function refuseWithoutStock({ shares }: StoredBenefit, merchantId: string | null): void {
  const eligible = merchantId ? shares.filter((one) => one.merchantId === merchantId) : shares;
  if (eligible.length === 0) throw new Problem(rewardsProblems.unknownMerchant);
  const open = eligible.filter((share) => share.merchantState === 'active');
  if (open.length === 0) throw new Problem(rewardsProblems.merchantPaused);
  if (open.every((share) => share.available < 1)) throw new Problem(rewardsProblems.soldOut);
}

/** An early answer; whether the budget is enough is decided when its part is set aside. */
async function refuseWithoutBudget(
  tx: Transaction<RewardsDatabase>,
  { budgetId, pricePoints, unitValueCents }: StoredBenefit,
): Promise<void> {
  if (budgetId === null) return;
  const budget = await findBudget(tx, budgetId);
  if (!budget || !hasLeft(budget, { points: pricePoints, cents: unitValueCents })) {
    throw new Problem(rewardsProblems.budgetExhausted);
  }
}
