import { listShownRatings, replyToRating } from '@ddp/contracts/ratings/own-routes';
import {
  addScreenedWord,
  decideReply,
  decideWords,
  flagRating,
  liftFlag,
  listRatings,
  listReplies,
  listScreenedWords,
  removeScreenedWord,
} from '@ddp/contracts/ratings/review-routes';
import { listMyRatings } from '@ddp/contracts/ratings/routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockPool } from '../src/store/bins.ts';
import { type House, openHouse, street } from './house.ts';
import { rateTimes, tellAll } from './telling.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const evidence = { reason: 'insult' as const, evidence: '与服务无关，见照片' };
const elsewhere = () => personAs('community-officer', { areaPaths: ['/1506/150602/'] });
const actsOn = async (objectId: string) => {
  const rows = await house.sql('SELECT action FROM ratings_audit WHERE object_id = ?', objectId);
  return rows.map((row) => row.action).sort();
};

describe('a rating flagged as misuse', () => {
  it('is kept and left out, and counts again once another officer lifts the flag', async () => {
    const token = house.addCode();
    const rating = await house.rate(token, personAs('resident'), { level: 1 });
    const params = { id: rating.id };
    const flagged = await house.call(flagRating, { params, body: evidence }, house.officer);
    expect(flagged).toMatchObject({ state: 'left-out', flag: { reason: 'insult' } });
    expect(await house.audit()).toEqual([]);
    await expect(
      house.call(flagRating, { params, body: evidence }, house.otherOfficer),
    ).rejects.toMatchObject({ slug: 'rating-decided' });
    const body = { words: '已核实，确有其事' };
    await expect(house.call(liftFlag, { params, body }, house.officer)).rejects.toMatchObject({
      slug: 'own-flag',
    });
    const lifted = await house.call(liftFlag, { params, body }, house.otherOfficer);
    expect(lifted).toMatchObject({ state: 'counted', flag: null });
    expect(await house.audit()).toEqual([]);
    expect(await actsOn(rating.id)).toEqual(['flag-rating', 'lift-flag']);
  });

  it('takes its whole group out of what is told, and brings it back', async () => {
    const token = house.addCode();
    const id = house.subjectOf(token);
    const bad = await house.rate(token, personAs('resident'), { level: 1 });
    await rateTimes(house, token, [5, 5, 5, 5]);
    await tellAll(house);
    expect(await house.score(id)).toMatchObject({ count: 5 });
    const worker = personAs('resident', { personId: house.scanOf(token).subjectPersonId ?? '' });
    const seen = async () => (await house.call(listShownRatings, {}, worker)).items.length;
    expect(await seen()).toBe(5);
    const params = { id: bad.id };
    await house.call(flagRating, { params, body: evidence }, house.officer);
    expect(await house.score(id)).toMatchObject({ count: 0, mean: null });
    expect(await seen()).toBe(0);
    await rateTimes(house, token, [4, 4, 4, 4, 4]);
    await tellAll(house);
    expect(await house.score(id)).toMatchObject({ levels: [0, 0, 0, 5, 0] });
    await house.call(liftFlag, { params, body: { words: '误标' } }, house.otherOfficer);
    expect(await house.score(id)).toMatchObject({ levels: [1, 0, 0, 5, 4] });
  });

  it('keeps its group back where another is flagged while its own flag is lifted', async () => {
    const token = house.addCode();
    const bad = await house.rate(token, personAs('resident'), { level: 1 });
    await rateTimes(house, token, [5, 5, 5, 5]);
    await tellAll(house);
    const params = { id: bad.id };
    await house.call(flagRating, { params, body: evidence }, house.officer);
    const body = { words: '误标' };
    const lift = await transact(house.db, async (tx) => {
      const pool = { subjectId: idToBinary(bad.subjectId), raterClass: 'verified' as const };
      await lockPool(tx, pool);
      await tx
        .updateTable('ratings_bin')
        .set({ state: 'held' })
        .where('subject_id', '=', pool.subjectId)
        .execute();
      const lifting = house.call(liftFlag, { params, body }, house.otherOfficer);
      const other = await tx
        .selectFrom('ratings_rating')
        .select('id')
        .where('subject_id', '=', pool.subjectId)
        .where('id', '>', idToBinary(bad.id))
        .executeTakeFirstOrThrow();
      const columns =
        'area_path, bin_id, reason, evidence, flagged_by, flagged_by_role, flagged_at';
      const flagId = idToBinary(newId());
      const open = `INSERT INTO ratings_flag (id, rating_id, open_rating_id, ${columns})
        SELECT ?, ?, ?, ${columns} FROM ratings_flag WHERE rating_id = ?`;
      const values = [flagId, other.id, other.id, idToBinary(bad.id)];
      await tx.executeQuery(CompiledQuery.raw(open, values));
      await eventually(async () => {
        const waiting = await house.sql(
          `SELECT id FROM information_schema.PROCESSLIST WHERE id <> CONNECTION_ID() AND
            (info LIKE '%ratings_pool%for update%' OR info LIKE 'update \`ratings_bin\`%')`,
        );
        return waiting.length > 0;
      });
      return { lifting, flagId };
    });
    await lift.lifting;
    expect(await house.audit()).toEqual([]);
    expect(await house.score(bad.subjectId)).toMatchObject({ count: 0 });
    await house.sql('DELETE FROM ratings_flag WHERE id = ?', lift.flagId);
    expect(await house.audit()).toEqual(['R5']);
    const subject = idToBinary(bad.subjectId);
    await house.sql(`UPDATE ratings_bin SET state = 'told' WHERE subject_id = ?`, subject);
  });

  it('cannot be flagged twice at once, nor by an officer of another area', async () => {
    const { id } = await house.rate(house.addCode());
    const flag = () => house.call(flagRating, { params: { id }, body: evidence }, house.officer);
    const outcomes = await Promise.allSettled([flag(), flag(), flag()]);
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await expect(
      house.call(flagRating, { params: { id }, body: evidence }, elsewhere()),
    ).rejects.toMatchObject({ slug: 'not-found' });
    await expect(
      house.call(flagRating, { params: { id }, body: evidence }, personAs('resident')),
    ).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('gets one answer for one key', async () => {
    const { id } = await house.rate(house.addCode());
    const key = newId();
    const flag = () =>
      house.call(flagRating, { params: { id }, body: evidence }, house.officer, key);
    expect(await flag()).toEqual(await flag());
    expect(await actsOn(id)).toEqual(['flag-rating']);
  });
});

describe('the list of ratings', () => {
  it('shows an officer those of the area by level, state and subject, page by page', async () => {
    const token = house.addCode();
    const subjectId = house.subjectOf(token);
    await rateTimes(house, token, [1, 2, 3, 4, 5, 1]);
    const seen = (query: object, principal = house.officer) =>
      house.call(listRatings, { query: { subjectId, ...query } }, principal);
    const all = await seen({});
    expect(all.items.map((one) => one.level).sort()).toEqual([1, 1, 2, 3, 4, 5]);
    expect(all.items[0]).toMatchObject({ areaPath: street, raterClass: 'verified', flag: null });
    expect(JSON.stringify(all)).not.toContain('personId');
    expect((await seen({ level: 1 })).items).toHaveLength(2);
    expect((await seen({ state: 'withdrawn' })).items).toEqual([]);
    expect((await seen({}, elsewhere())).items).toEqual([]);
    const first = await seen({ limit: 4 });
    const second = await seen({ limit: 4, cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map((one) => one.id);
    expect(ids).toEqual(all.items.map((one) => one.id));
    expect(second.nextCursor).toBeNull();
  });
});

describe('screened words', () => {
  const add = (word: string) =>
    house.call(addScreenedWord, { body: { word } }, house.administrator);

  it('send words to review, however they are written, and drop none', async () => {
    const { id } = await add('赌博');
    const token = house.addCode();
    const ways = ['去赌博', '赌 博', '賭博', '赌\u200b博', '赌－博', '賭　博'];
    for (const words of ways) {
      const rating = await house.rate(token, personAs('resident'), { words });
      expect([words, rating.wordsState]).toEqual([words, 'in-review']);
      expect(rating.words).toBe(words);
    }
    const innocent = await house.rate(token, personAs('resident'), { words: '打赌，博学' });
    expect(innocent.wordsState).toBe('shown');
    const query = { wordsState: 'in-review' as const, subjectId: house.subjectOf(token) };
    expect((await house.call(listRatings, { query }, house.officer)).items).toHaveLength(6);
    await house.call(removeScreenedWord, { params: { id } }, house.administrator);
    const after = await house.rate(token, personAs('resident'), { words: '赌博' });
    expect(after.wordsState).toBe('shown');
    expect(await actsOn(id)).toEqual(['add-screened-word', 'remove-screened-word']);
  });

  it('are released or hidden with a reason, and the rater sees which', async () => {
    await add('骗子');
    const resident = personAs('resident');
    const { id } = await house.rate(house.addCode(), resident, { words: '不是骗子' });
    const state = async () =>
      (await house.call(listMyRatings, {}, resident)).items.find((one) => one.id === id)
        ?.wordsState;
    const decide = (decision: 'release' | 'hide', officer = house.officer) =>
      house.call(decideWords, { params: { id }, body: { decision, reason: '核对原话' } }, officer);
    expect(await state()).toBe('in-review');
    await expect(decide('release', elsewhere())).rejects.toMatchObject({ slug: 'not-found' });
    await decide('release');
    expect(await state()).toBe('shown');
    await expect(decide('release')).rejects.toMatchObject({ slug: 'rating-decided' });
    await decide('hide');
    expect(await state()).toBe('hidden');
    expect(await actsOn(id)).toEqual(['decide-words', 'decide-words']);
  });

  it('are listed once each, whatever their writing, by the administrator alone', async () => {
    const added = await add('測試詞');
    await expect(add('测试词')).rejects.toMatchObject({ slug: 'conflict' });
    const list = await house.call(listScreenedWords, {}, house.administrator);
    expect(list.items).toContainEqual(added);
    await expect(house.call(listScreenedWords, {}, house.officer)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    const gone = { params: { id: newId() } };
    await expect(house.call(removeScreenedWord, gone, house.administrator)).rejects.toMatchObject({
      slug: 'not-found',
    });
  });

  it('hold up a reply until an officer lets it go', async () => {
    await add('投诉无门');
    const token = house.addCode();
    const worker = personAs('resident', { personId: house.scanOf(token).subjectPersonId ?? '' });
    const resident = personAs('resident');
    await house.rate(token, resident, { isNamed: true });
    const [shown] = (await house.call(listShownRatings, {}, worker)).items;
    const reply = { params: { ref: shown?.ref ?? '' }, body: { text: '绝非投诉无门' } };
    expect((await house.call(replyToRating, reply, worker)).reply?.state).toBe('in-review');
    const seen = async () => (await house.call(listMyRatings, {}, resident)).items[0]?.reply;
    expect(await seen()).toMatchObject({ state: 'in-review', text: '' });
    const waiting = await house.call(listReplies, {}, house.officer);
    const found = waiting.items.find((one) => one.text === '绝非投诉无门');
    const decision = {
      params: { id: found?.id ?? '' },
      body: { decision: 'release' as const, reason: '正常回复' },
    };
    await expect(house.call(decideReply, decision, elsewhere())).rejects.toMatchObject({
      slug: 'not-found',
    });
    await house.call(decideReply, decision, house.officer);
    expect(await seen()).toMatchObject({ state: 'shown', text: '绝非投诉无门' });
  });
});
