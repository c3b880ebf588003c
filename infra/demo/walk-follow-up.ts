import type { HouseClient } from '@ddp/contracts/house-client';
import { listMyMessages } from '@ddp/contracts/notices/routes';
import {
  appealRating,
  decideAppeal,
  listAppealableRatings,
  listAppeals,
  listMyAppeals,
} from '@ddp/contracts/ratings/appeal-routes';
import {
  acceptFollowUp,
  contactRater,
  listFollowUps,
  listMyFollowUps,
  readFollowUp,
  resolveFollowUp,
} from '@ddp/contracts/ratings/follow-up-routes';
import { rateAgain } from '@ddp/contracts/ratings/own-routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import type { Rating } from '@ddp/contracts/ratings/schemas';
import { drawPhone, refusalOf, signInByPhone } from './house.ts';
import { assertSame, type Step, until } from './step.ts';
import { issueWorkerCode, tokenOf, type WalkOptions } from './walk-rating.ts';

interface FollowUpWalk extends WalkOptions {
  /** One handles the case, another decides the appeal. */
  officers: readonly HouseClient[];
}

/** The rated know of it at once, since its rater agreed to be named. */
const complaint = { level: 1, reasons: ['slow'], words: '等了一上午没有人', isNamed: true };

/** J2: a bad rating is followed up, put right and rated again; another is appealed against. */
export async function walkFollowUp(options: FollowUpWalk): Promise<void> {
  const { house, areaCode, step, officers } = options;
  const [handler, judge] = officers;
  if (!handler || !judge) throw new Error('J2 needs two officers');
  const workerPhone = drawPhone();
  const code = await issueWorkerCode({ ...options, workerPhone });
  const token = tokenOf(code);
  const newResident = () => signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
  const resident = await newResident();
  const rating = await step('a resident is not satisfied, and says why', () =>
    resident.call(submitRating, { body: { token, ...complaint } }),
  );
  const query = { subjectId: rating.subjectId };
  const params = await step('a follow-up stands on the desk of the community', async () => {
    const { items } = await handler.call(listFollowUps, { query: { ...query, whose: 'desk' } });
    assertSame(
      items.map(({ state }) => state),
      ['open'],
      'the follow-ups of the rating',
    );
    return { id: items[0]?.id ?? '' };
  });
  const complained: Complaint = { resident, rating, params };
  await putRight(options, handler, complained);
  const worker = await signInByPhone(house, workerPhone, { role: 'resident', areaCode });
  await appeal({ step, newResident, token }, { worker, handler, judge });
}

interface Complaint {
  resident: HouseClient;
  rating: Rating;
  /** Of its follow-up. */
  params: { id: string };
}

async function putRight(
  { step }: FollowUpWalk,
  handler: HouseClient,
  { resident, rating, params }: Complaint,
): Promise<void> {
  await step('an officer accepts it, speaks to the resident and puts it right', async () => {
    await handler.call(acceptFollowUp, { params });
    const words = '已电话致歉，约定下周二上门';
    const early = handler.call(resolveFollowUp, { params, body: { outcome: 'fixed', words } });
    assertSame(await refusalOf(early), 'contact-first', 'a fix without a word to the resident');
    await handler.call(contactRater, { params, body: { way: 'phone', words } });
    await handler.call(resolveFollowUp, {
      params,
      body: { outcome: 'fixed', words: '已上门办结' },
    });
  });
  await step('the resident is told, and sees each step of it', async () => {
    const { items } = await resident.call(listMyFollowUps, {});
    const steps = items[0]?.steps.map((one) => one.step);
    assertSame(steps, ['opened', 'accepted', 'contacted', 'resolved'], 'the steps');
    await until('the message', async () => {
      const page = await resident.call(listMyMessages, {});
      return page.items.some(({ template }) => template === 'follow-up-resolved') ? true : null;
    });
  });
  await step(
    'the resident rates the fix, which closes the case beside the first rating',
    async () => {
      const { id } = rating;
      const again = await resident.call(rateAgain, { params: { id }, body: { level: 4 } });
      assertSame(again.ratesAgain, id, 'what was rated again');
      const { state } = await handler.call(readFollowUp, { params });
      assertSame(state, 'closed', 'the state of the case');
    },
  );
}

async function appeal(
  {
    step,
    newResident,
    token,
  }: { step: Step; newResident: () => Promise<HouseClient>; token: string },
  { worker, handler, judge }: Record<'worker' | 'handler' | 'judge', HouseClient>,
): Promise<void> {
  const ref = await step(
    'the worker knows of the rating with a name, and of no other',
    async () => {
      const body = { ...complaint, token, level: 2, isNamed: false };
      await (await newResident()).call(submitRating, { body });
      const known = await until('the disclosure', async () => {
        const { items } = await worker.call(listAppealableRatings, {});
        return items.length > 0 ? items : null;
      });
      assertSame(
        known.map(({ level }) => level),
        [1],
        'what the worker sees',
      );
      return known[0]?.ref ?? '';
    },
  );
  await step('the worker appeals; who handled the case cannot decide', async () => {
    const grounds = { params: { ref }, body: { text: '当天我不在岗，有考勤为证' } };
    const { id } = await worker.call(appealRating, grounds);
    const { items } = await judge.call(listAppeals, { query: { state: 'open' } });
    assertSame(
      items.some((one) => one.id === id),
      true,
      'whether the appeal is listed',
    );
    const body = { verdict: 'upheld' as const, reason: '考勤表属实' };
    const own = handler.call(decideAppeal, { params: { id }, body });
    assertSame(await refusalOf(own), 'own-case', 'deciding on one’s own case');
    await judge.call(decideAppeal, { params: { id }, body });
    const mine = await worker.call(listMyAppeals, {});
    assertSame(mine.items[0]?.state, 'upheld', 'the end of the appeal');
  });
}
