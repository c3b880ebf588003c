import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { redemptionRequested } from '@ddp/contracts/rewards/events';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { requestRedemption as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { resumeSeconds, settleHours } from '../domain/deadlines.ts';
import { findBenefit } from '../store/benefits.ts';
import { insertEffect } from '../store/effects.ts';
import { takeQuota } from '../store/quotas.ts';
import { insertRedemption } from '../store/redemptions.ts';
import { lockResident } from '../store/residents.ts';
import { showRedemption } from './read-redemption.ts';

/** Takes a request and a place of the month's quota; jobs then hold points and reserve stock. */
export async function requestRedemption(
  { store, clock }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const { personId, requestId } = person;
  const command = { actor: actorOf(principal), key, name: 'request-redemption', input: body };
  return runCommand(store, command, async (tx) => {
    if (!(await lockResident(tx, personId))) throw new Problem(commonProblems.notFound);
    const benefit = await findBenefit(tx, body.benefitId);
    if (benefit?.programmeId !== programmeId) throw new Problem(commonProblems.notFound);
    if (benefit.state !== 'published') throw new Problem(rewardsProblems.notPublished);
    if (benefit.available < 1) throw new Problem(rewardsProblems.soldOut);
    const quotaMonth = monthOf(civilDateOf(clock.now()));
    const quota = { programmeId, personId, benefitId: benefit.id, quotaMonth };
    if (!(await takeQuota(tx, quota, benefit.perPersonPerMonth))) {
      throw new Problem(rewardsProblems.limitReached);
    }
    const { pricePoints, minimumStanding, validDays, areaPath } = benefit;
    const terms = { pricePoints, minimumStanding, validDays, areaPath };
    const redemption = { ...quota, ...terms, id: newId() };
    await insertRedemption(tx, store.clock, redemption, {
      endsSeconds: settleHours * 3_600,
      nextSeconds: resumeSeconds,
    });
    await insertEffect(tx, store.clock, redemption.id, 'requested');
    const requested = outgoing(redemptionRequested, { redemptionId: redemption.id });
    await appendEvents(tx, store, [requested], requestId);
    return showRedemption(tx, redemption.id, personId);
  });
}
