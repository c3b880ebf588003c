import type { HouseClient } from '@ddp/contracts/house-client';
import { createHouseClient } from '@ddp/contracts/house-client';
import {
  answerObjection,
  listEntries,
  readEntry,
  submitObjection,
} from '@ddp/contracts/notices/routes';
import {
  approveAward,
  awardPoints,
  listMyAwards,
  readAward,
} from '@ddp/contracts/points/award-routes';
import type { AwardState } from '@ddp/contracts/points/awards';
import { readMyBalance } from '@ddp/contracts/points/routes';
import { drawPhone, refusalOf, signInByPhone } from './house.ts';
import { assertSame, until } from './step.ts';
import type { Rated, WalkOptions } from './walk-rating.ts';

interface AwardWalk extends WalkOptions {
  /** One proposes, another approves, a third answers. */
  officers: readonly HouseClient[];
}

const evidence = '冰面救起落水儿童，有现场照片和两名证人';

/** J4: an award with evidence is approved, stands on the public board, and is objected to. */
export async function walkAward(options: AwardWalk, { personId, resident }: Rated): Promise<void> {
  const { house, areaCode, step, officers } = options;
  const [proposer, approver, third] = officers;
  if (!proposer || !approver || !third) throw new Error('J4 needs three officers');
  const before = await resident.call(readMyBalance, {});
  const propose = async (points: number) => {
    const body = { personId, rule: 'good-deed', points, evidence };
    return (await proposer.call(awardPoints, { body })).id;
  };
  const reaches = (id: string, state: AwardState) =>
    until(`the state ${state}`, async () => {
      const award = await proposer.call(readAward, { params: { id } });
      return award.state === state ? award : null;
    });

  const first = await step('an officer proposes an award with evidence', () => propose(30));
  await step('another officer approves it, its proposer cannot', async () => {
    const own = proposer.call(approveAward, { params: { id: first } });
    assertSame(await refusalOf(own), 'own-proposal', 'approving one’s own proposal');
    await approver.call(approveAward, { params: { id: first } });
    await reaches(first, 'published');
  });
  await step('the public board shows it to anybody, without a name', async () => {
    const anybody = createHouseClient(house.url);
    const page = await anybody.call(listEntries, { query: { areaCode } });
    const entry = page.items.find(({ id }) => id === first);
    if (!entry?.text.includes('一位居民')) throw new Error('the board does not show the award');
  });
  const objector = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
  const object = (entryId: string) =>
    objector.call(submitObjection, { params: { id: entryId }, body: { text: '救人的另有其人' } });
  const answer = (by: HouseClient, id: string, verdict: 'upheld' | 'rejected') =>
    by.call(answerObjection, { params: { id }, body: { verdict, answer: '已找证人核对' } });
  await step('a resident objects; who proposed or approved it cannot answer', async () => {
    const { id } = await object(first);
    await reaches(first, 'objected');
    assertSame(await refusalOf(answer(proposer, id, 'rejected')), 'own-entry', 'proposer');
    assertSame(await refusalOf(answer(approver, id, 'rejected')), 'own-entry', 'approver');
    await answer(third, id, 'rejected');
    await reaches(first, 'published');
  });
  await step('an objection that is upheld ends another award', async () => {
    const second = await propose(20);
    await approver.call(approveAward, { params: { id: second } });
    await reaches(second, 'published');
    const { id } = await object(second);
    await answer(third, id, 'upheld');
    await reaches(second, 'withdrawn');
    const { outcome } = await objector.call(readEntry, { params: { id: second } });
    assertSame(outcome, 'objection-upheld', 'the end of the entry');
  });
  await step('the resident sees where both stand, and no meter has moved', async () => {
    const { items } = await resident.call(listMyAwards, {});
    assertSame(
      items.slice(0, 2).map(({ state }) => state),
      ['withdrawn', 'published'],
      'my awards',
    );
    const { standing, points } = await resident.call(readMyBalance, {});
    assertSame([standing, points], [before.standing, before.points], 'the meters');
  });
}
