import type { PayloadOf } from '@ddp/contracts/event';
import {
  type entryClosed,
  type entryPosted,
  noticeRequested,
  type objectionAnswered,
  type objectionSubmitted,
} from '@ddp/contracts/notices/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { nameOf, type Rule } from '../domain/rule.ts';
import { countObjection, markPublished, openStates } from '../store/award-course.ts';
import { type Award, findAward } from '../store/awards.ts';
import { lockParticipation } from '../store/participations.ts';
import { readRuleVersion } from '../store/rules.ts';
import { grantAward } from './grant-award.ts';
import { subjectRefOf } from './publish-award.ts';
import { endOpenAward, leftReason, tellOfWithdrawal } from './withdraw-award.ts';

type Tx = Transaction<PointsDatabase>;
type OfEntry = Delivery<{ entryId: string; subjectRef: string }>;

/** The award of an entry, its participation locked; null for entries about something else. */
async function lockAwardOf(tx: Tx, { payload }: OfEntry): Promise<Award | null> {
  if (payload.subjectRef !== subjectRefOf(payload.entryId)) return null;
  const award = await findAward(tx, payload.entryId);
  if (!award) return null;
  await lockParticipation(tx, award.participationId);
  return findAward(tx, award.id);
}

/** The entry is up: the award's days on the board begin. */
export async function notePosting(
  { store }: PointsDeps,
  delivery: Delivery<PayloadOf<typeof entryPosted>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    const award = await lockAwardOf(tx, delivery);
    if (award) await markPublished(tx, award.id, delivery.payload);
  });
}

export async function noteObjection(
  { store }: PointsDeps,
  delivery: Delivery<PayloadOf<typeof objectionSubmitted>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    const award = await lockAwardOf(tx, delivery);
    if (award) await countObjection(tx, award.id, 1);
  });
}

export async function noteAnswer(
  { store }: PointsDeps,
  delivery: Delivery<PayloadOf<typeof objectionAnswered>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    const award = await lockAwardOf(tx, delivery);
    if (award) await countObjection(tx, award.id, -1);
  });
}

/**
 * The entry has ended. Only here an award that wants publicity is granted, and the board says so only
 * of an entry that readers could see for its whole time.
 */
export async function settleEntry(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof entryClosed>>,
): Promise<void> {
  await handleOnce(deps.store, delivery, async (tx) => {
    const award = await lockAwardOf(tx, delivery);
    if (!award) return;
    const rule = await readRuleVersion(tx, award.programmeId, award.rule, award.ruleVersion);
    const { outcome } = delivery.payload;
    const isGood = outcome === 'unopposed' || outcome === 'objections-rejected';
    const isOpen = openStates.some((state) => state === award.state);
    if (isGood && isOpen && award.entryReference === null) {
      throw new Error(`the entry ${award.id} closed before it was told to be up: tried again`);
    }
    if (isGood) await grantPublished(deps, tx, award, rule, delivery.requestId);
    else if (await endOpenAward(deps, tx, award, reasons[outcome], delivery.requestId)) {
      await tellOfWithdrawal(deps, tx, award, delivery.requestId);
    }
  });
}

/** Why an award was not granted, for the person and for staff. */
const reasons = {
  'objection-upheld': '公示异议成立 · an objection was upheld',
  withdrawn: '公示已撤下 · the entry was withdrawn',
};

async function grantPublished(
  deps: PointsDeps,
  tx: Tx,
  award: Award,
  rule: Rule,
  requestId: string,
): Promise<void> {
  const { participationId, personId, amountPoints } = award;
  const participation = await lockParticipation(tx, participationId);
  if (participation.leftAt !== null) {
    await endOpenAward(deps, tx, award, leftReason, requestId);
    return;
  }
  if (!(await grantAward(deps, tx, participation, { ...award, rule })) || personId === null) return;
  const audience = { kind: 'person' as const, personId };
  const params = { points: amountPoints, reason: nameOf(rule) };
  const notice = outgoing(noticeRequested, { audience, template: 'points-awarded', params });
  await appendEvents(tx, deps.store, [notice], requestId);
}
