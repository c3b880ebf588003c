import { personErased } from '@ddp/contracts/identity/events';
import * as followUps from '@ddp/contracts/ratings/follow-up-routes';
import { listShownRatings, replyToRating } from '@ddp/contracts/ratings/own-routes';
import {
  decideReply,
  decideWords,
  flagRating,
  liftFlag,
  listReplies,
} from '@ddp/contracts/ratings/review-routes';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { banner, type FollowUpHouse, openFollowUpHouse } from './follow-up-house.ts';

let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(new Date('2026-11-02T02:00:00.000Z'));
});
afterAll(async () => {
  expect(await house.audit(house.clock.now())).toEqual([]);
  await house.stop();
});

const secret = '秘而不宣';

/** The tables that hold a text in any column. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  const rows = await house.sql(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  for (const name of rows.map((row) => String(row.name))) {
    const kept = await house.sql(`SELECT * FROM ${name}`);
    if (JSON.stringify(kept).includes(text)) found.push(name);
  }
  return found.sort();
}

/** A command and its repeat, which gets the same answer. */
async function twice<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  by: ReturnType<typeof personAs>,
): Promise<RouteResult<R>> {
  const key = newId();
  const answer = await house.call(route, input, by, key);
  expect(await house.call(route, input, by, key)).toEqual(answer);
  return answer;
}

it('no table holds the words of a rater, or about one, once the rater was erased', async () => {
  const rater = personAs('resident');
  const officer = house.officerOver(banner);
  const other = house.officerOver(banner, 'banner-officer');
  const token = house.addCode({ areaPath: `${banner}150603003/150603003001/` });
  const worker = personAs('resident', { personId: house.scanOf(token).subjectPersonId ?? '' });
  const fields = { level: 1, words: `${secret}，等了两小时`, isNamed: true };
  const { id, subjectId } = await house.rate(token, rater, fields);
  const params = { id };

  const [shown] = (await house.call(listShownRatings, {}, worker)).items;
  const ref = shown?.ref ?? '';
  const reply = await twice(
    replyToRating,
    { params: { ref }, body: { text: `${secret}，对不起` } },
    worker,
  );
  expect(reply).toMatchObject({ words: fields.words, reply: { text: `${secret}，对不起` } });
  const replies = await house.call(listReplies, { query: { state: 'shown' } }, officer);
  const replyId = replies.items[0]?.id ?? '';
  const hidden = { decision: 'hide' as const, reason: '含个人信息' };
  expect(
    await twice(decideReply, { params: { id: replyId }, body: hidden }, officer),
  ).toMatchObject({ text: `${secret}，对不起`, state: 'hidden' });
  expect(await twice(decideWords, { params, body: hidden }, officer)).toMatchObject({
    words: fields.words,
    wordsState: 'hidden',
  });
  const evidence = { reason: 'insult' as const, evidence: `${secret}，见记录` };
  await twice(flagRating, { params, body: evidence }, officer);
  await twice(liftFlag, { params, body: { words: `${secret}，属实` } }, other);

  const { items } = await house.call(followUps.listFollowUps, { query: { subjectId } }, officer);
  const of = { params: { id: items[0]?.id ?? '' } };
  const way = { way: 'phone' as const, words: `${secret}，已电话说明` };
  const fixed = { outcome: 'fixed' as const, words: `${secret}，已补办` };
  await twice(followUps.acceptFollowUp, of, officer);
  await twice(followUps.contactRater, { ...of, body: way }, officer);
  expect(await twice(followUps.resolveFollowUp, { ...of, body: fixed }, officer)).toMatchObject({
    words: fields.words,
    outcomeWords: fixed.words,
  });

  expect(await tablesWith(secret)).toContain('ratings_rating');
  await house.tell(personErased, { personId: rater.personId }, 'identity');
  await eventually(async () => (await tablesWith(secret)).length === 0);
});
