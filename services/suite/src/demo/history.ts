import type { SimulatedClock } from '@ddp/calendar/clock';
import { CallProblem } from '@ddp/contracts/call';
import { approveAward, awardPoints } from '@ddp/contracts/points/award-routes';
import { readMyBalance } from '@ddp/contracts/points/routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import {
  readRedemption,
  readVoucher,
  requestRedemption,
  verifyVoucher,
} from '@ddp/contracts/rewards/routes';
import type { Actor } from './actor.ts';
import { handleCases } from './cases.ts';
import { addOffers, type Offer, type OfferOptions } from './offers.ts';
import { inLanes } from './people.ts';

export interface HistoryOptions extends OfferOptions {
  clock: SimulatedClock;
  days: number;
  settle: () => Promise<void>;
  say: (line: string) => void;
}

const dayMs = 24 * 3_600_000;
/** A good deed is proposed every so many days, and its entry goes up. */
const daysPerDeed = 4;
const perDay = { awards: 12, ratings: 16, redemptions: 3 };
const evidence = {
  activity: '参加社区清洁日，签到表第三页',
  meeting: '参加居民议事会，会议记录在案',
  mediation: '调解楼道杂物纠纷，双方签字',
  'good-deed': '雪天扶起摔倒老人并送医，有家属感谢信',
} as const;

/** A refusal by the rules (a cap, a limit, too few points) belongs to an ordinary day. */
async function attempt<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status < 500) return null;
    throw error;
  }
}

/** A few do a lot, some do something, most do little: so that balances spread as in life. */
function drawDoer({ draw, people: { residents } }: HistoryOptions): Actor {
  const busy = draw.below(4) === 0 ? 6 : 40;
  return draw.one(draw.below(3) === 0 ? residents : residents.slice(0, busy));
}

async function awardOneDay(options: HistoryOptions): Promise<void> {
  const { officer, draw } = options;
  const awards = Array.from({ length: perDay.awards }, () => ({
    personId: drawDoer(options).personId,
    rule: draw.one(['activity', 'activity', 'meeting', 'mediation'] as const),
  }));
  await inLanes(awards, async ({ personId, rule }) => {
    const body = { personId, rule, evidence: evidence[rule] };
    await attempt(officer.call(awardPoints, { body }));
  });
}

/** One officer proposes, another approves; it is granted when its days on the board are over. */
async function proposeDeed(options: HistoryOptions): Promise<void> {
  const { officer, approver, draw } = options;
  const rule = 'good-deed';
  const { personId } = drawDoer(options);
  const body = { personId, rule, points: 20 + 5 * draw.below(7), evidence: evidence[rule] };
  const award = await attempt(officer.call(awardPoints, { body }));
  if (award) await approver.call(approveAward, { params: { id: award.id } });
}

async function rateOneDay({ draw, people }: HistoryOptions): Promise<void> {
  const ratings = Array.from({ length: perDay.ratings }, () => ({
    resident: draw.one(people.residents),
    token: draw.one(people.subjects).token,
    level: draw.one([5, 5, 5, 4, 4, 3, 2]),
  }));
  await inLanes(ratings, async ({ resident, token, level }) => {
    await attempt(resident.call(submitRating, { body: { token, level } }));
  });
}

/** Somebody redeems what they can afford, and three in four use the voucher the same day. */
async function redeemOnce(options: HistoryOptions, offers: readonly Offer[]): Promise<void> {
  const { draw } = options;
  const resident = drawDoer(options);
  const { points, standing } = await resident.call(readMyBalance, {});
  const open = offers.filter((one) => one.pricePoints <= points && one.minimumStanding <= standing);
  const isUsed = draw.below(4) > 0;
  if (open.length === 0) return;
  const { benefitId, clerk } = draw.one(open);
  const asked = await attempt(resident.call(requestRedemption, { body: { benefitId } }));
  await options.settle();
  if (!asked || !isUsed) return;
  const { voucherId } = await resident.call(readRedemption, { params: { id: asked.id } });
  if (voucherId === null) return;
  const { code } = await resident.call(readVoucher, { params: { id: voucherId } });
  if (code !== null) await attempt(clerk.call(verifyVoucher, { body: { code } }));
}

async function liveOneDay(options: HistoryOptions, offers: readonly Offer[]): Promise<void> {
  await awardOneDay(options);
  await rateOneDay(options);
  for (let time = 0; time < perDay.redemptions; time += 1) await redeemOnce(options, offers);
}

/** Days of awards, ratings, redemptions and verifications, up to now. */
export async function liveHistory(options: HistoryOptions): Promise<void> {
  const offers = await addOffers(options);
  const { days } = options;
  for (let day = 1; day <= days; day += 1) {
    await liveOneDay(options, offers);
    await handleCases(options.officer);
    if (day % daysPerDeed === 1) await proposeDeed(options);
    await options.settle();
    options.clock.advanceMs(dayMs);
    if (day % 10 === 0) options.say(`demo: ${day} of ${days} days`);
  }
}
