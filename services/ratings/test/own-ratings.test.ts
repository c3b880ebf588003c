import { principalHeader } from '@ddp/auth/principal-token';
import { postChanged } from '@ddp/contracts/directory/events';
import {
  assistRating,
  listShownRatings,
  mintRight,
  rateAgain,
  replyToRating,
  withdrawRating,
} from '@ddp/contracts/ratings/own-routes';
import { listRatings } from '@ddp/contracts/ratings/review-routes';
import { listMyRatings } from '@ddp/contracts/ratings/routes';
import type { RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { eventually, signPrincipal } from '@ddp/testing/module-harness';
import { personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ratingsModule } from '../src/module.ts';
import { grantReRating } from '../src/operations/rate-again.ts';
import { type House, openHouse, street } from './house.ts';
import { dayMs, rateTimes, tellAll } from './telling.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const workerOf = (token: string) =>
  personAs('resident', { personId: house.scanOf(token).subjectPersonId ?? '' });
const refusal = (slug: string) => ({ slug });

describe('a withdrawal', () => {
  it('within a day takes the rating out of the counters and keeps it', async () => {
    const resident = personAs('resident');
    const { id } = await house.rate(house.addCode(), resident);
    const params = { id };
    const key = newId();
    const withdrawn = await house.call(withdrawRating, { params }, resident, key);
    expect(withdrawn.state).toBe('withdrawn');
    expect(await house.call(withdrawRating, { params }, resident, key)).toEqual(withdrawn);
    await expect(house.call(withdrawRating, { params }, resident)).rejects.toMatchObject(
      refusal('rating-decided'),
    );
    const [mine] = (await house.call(listMyRatings, {}, resident)).items;
    expect(mine).toMatchObject({ id, state: 'withdrawn', withdrawableUntil: null });
    expect(await house.audit()).toEqual([]);
  });

  it('asked for many times at once happens once', async () => {
    const resident = personAs('resident');
    const { id } = await house.rate(house.addCode(), resident);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => house.call(withdrawRating, { params: { id } }, resident)),
    );
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await house.audit()).toEqual([]);
  });

  it('is refused after a day, and to everybody else', async () => {
    const resident = personAs('resident');
    const { id } = await house.rate(house.addCode(), resident);
    const params = { id };
    await expect(
      house.call(withdrawRating, { params }, personAs('resident')),
    ).rejects.toMatchObject(refusal('not-found'));
    house.clock.advanceMs(dayMs);
    await expect(house.call(withdrawRating, { params }, resident)).rejects.toMatchObject(
      refusal('withdrawal-over'),
    );
  });
});

it('shows a rating as withdrawable by the database’s time, also where a process is ahead of it', async () => {
  const resident = personAs('resident');
  const { id } = await house.rate(house.addCode(), resident);
  house.clock.advanceMs(dayMs - 20_000);
  const { clock } = house;
  const ahead = { ...clock, now: () => new Date(clock.now().getTime() + 40_000) };
  const other = await ratingsModule.create({ ...house.context, clock: ahead });
  const headers = { [principalHeader]: signPrincipal('ratings', resident) };
  const url = 'http://ratings.test/v1/me/ratings';
  const answer = await other.fetch(new Request(url, { headers }));
  const { items } = (await answer.json()) as RouteResult<typeof listMyRatings>;
  expect(items).toMatchObject([{ id, withdrawableUntil: expect.any(String) }]);
  await other.stop();
});

describe('a right to rate a service', () => {
  const service = serviceAs('volunteering');
  const mint = (token: string, fields = {}, key = newId()) => {
    const body = {
      subjectId: house.subjectOf(token),
      personId: null,
      sourceId: newId(),
      ...fields,
    };
    return house.call(mintRight, { body }, service, key);
  };

  it('is used once, beside the walk-up of the same day', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    await house.rate(token, resident);
    const right = (await mint(token)).token;
    const rating = await house.rate(token, resident, { right });
    expect(rating.kind).toBe('bound');
    await expect(house.rate(token, resident, { right })).rejects.toMatchObject(
      refusal('rating-right-used'),
    );
    await expect(house.rate(token, personAs('resident'), { right })).rejects.toMatchObject(
      refusal('rating-right-used'),
    );
  });

  it('used many times at once gives one rating', async () => {
    const token = house.addCode();
    const right = (await mint(token)).token;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => house.rate(token, personAs('resident'), { right })),
    );
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('that has expired, is of another code or person, or made up, is refused', async () => {
    const token = house.addCode();
    const other = (await mint(house.addCode())).token;
    const invalid = refusal('rating-right-invalid');
    const resident = personAs('resident');
    await expect(house.rate(token, resident, { right: other })).rejects.toMatchObject(invalid);
    const madeUp = 'a'.repeat(26);
    await expect(house.rate(token, resident, { right: madeUp })).rejects.toMatchObject(invalid);
    const personal = (await mint(token, { personId: newId() })).token;
    await expect(house.rate(token, resident, { right: personal })).rejects.toMatchObject(invalid);
    const short = (await mint(token, { expiresInHours: 1 })).token;
    house.clock.advanceMs(3_600_000);
    await expect(house.rate(token, resident, { right: short })).rejects.toMatchObject(
      refusal('rating-right-expired'),
    );
  });

  it('comes once for a service event, with the same token for the same key', async () => {
    const token = house.addCode();
    const sourceId = newId();
    const key = newId();
    const first = await mint(token, { sourceId }, key);
    expect(await mint(token, { sourceId }, key)).toEqual(first);
    await expect(mint(token, { sourceId })).rejects.toMatchObject(refusal('conflict'));
    const kept = await house.sql('SELECT response FROM ratings_idempotency');
    expect(JSON.stringify(kept)).not.toContain(first.token);
  });

  it('is minted for services alone', async () => {
    const body = { subjectId: newId(), personId: null, sourceId: newId() };
    await expect(house.call(mintRight, { body }, house.officer)).rejects.toMatchObject(
      refusal('forbidden'),
    );
  });
});

describe('a rating given anew', () => {
  const grant = (ratingId: string) => {
    const expiresAt = new Date(house.clock.now().getTime() + 15 * dayMs);
    const right = { ratingId, round: 0, expiresAt };
    return transact(house.db, (tx) => grantReRating(tx, house.clock, right), {
      isRepeatable: true,
    });
  };

  it('stands beside the first, once, by whoever gave that', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    const { id } = await house.rate(token, resident, { level: 1 });
    const again = (principal = resident, level = 4) =>
      house.call(rateAgain, { params: { id }, body: { level } }, principal);
    await expect(again()).rejects.toMatchObject(refusal('rating-right-invalid'));
    await grant(id);
    await expect(grant(id)).rejects.toThrow();
    await expect(again(personAs('resident'))).rejects.toMatchObject(refusal('not-found'));
    expect(await again()).toMatchObject({ kind: 'again', ratesAgain: id, level: 4 });
    await expect(again()).rejects.toMatchObject(refusal('rating-right-used'));
    const mine = await house.call(listMyRatings, {}, resident);
    expect(mine.items.map((one) => one.level)).toEqual([4, 1]);
  });

  it('stays, and is for a rating that counts alone', async () => {
    const resident = personAs('resident');
    const rate = (id: string, key = newId()) =>
      house.call(rateAgain, { params: { id }, body: { level: 5 } }, resident, key);
    const { id } = await house.rate(house.addCode(), resident, { level: 2 });
    await grant(id);
    const key = newId();
    const again = await rate(id, key);
    await expect(
      house.call(withdrawRating, { params: { id: again.id } }, resident),
    ).rejects.toMatchObject(refusal('rating-decided'));
    await house.call(withdrawRating, { params: { id } }, resident);
    expect(await rate(id, key)).toEqual(again);
    const withdrawn = await house.rate(house.addCode(), resident, { level: 2 });
    await grant(withdrawn.id);
    await house.call(withdrawRating, { params: { id: withdrawn.id } }, resident);
    await expect(rate(withdrawn.id)).rejects.toMatchObject(refusal('rating-decided'));
  });

  it('is over with its time', async () => {
    const resident = personAs('resident');
    const { id } = await house.rate(house.addCode(), resident, { level: 2 });
    await grant(id);
    house.clock.advanceMs(15 * dayMs);
    const late = { params: { id }, body: { level: 5 } };
    await expect(house.call(rateAgain, late, resident)).rejects.toMatchObject(
      refusal('rating-right-expired'),
    );
  });
});

describe('the rated', () => {
  it('see nothing single before five have come in, then the week and no day', async () => {
    const token = house.addCode();
    const worker = workerOf(token);
    const seen = async () => (await house.call(listShownRatings, {}, worker)).items;
    await rateTimes(house, token, [1, 2, 3, 4]);
    await tellAll(house);
    expect(await seen()).toEqual([]);
    const last = await house.rate(token, personAs('resident'), { words: '很好' });
    expect(await seen()).toEqual([]);
    await tellAll(house);
    const items = await seen();
    expect(items.map((one) => one.level).sort()).toEqual([1, 2, 3, 4, 5]);
    for (const item of items) {
      expect(new Date(`${item.weekOf}T00:00:00Z`).getUTCDay()).toBe(1);
    }
    const text = JSON.stringify(items);
    expect(text).toContain('很好');
    expect(text).not.toContain(last.id);
    expect(text).not.toContain(last.ratedAt.slice(0, 16));
  });

  it('see at once what a rater agreed to be named for, and reply to it once', async () => {
    const token = house.addCode();
    const worker = workerOf(token);
    const resident = personAs('resident');
    await house.rate(token, resident, { level: 2, isNamed: true });
    const [item] = (await house.call(listShownRatings, {}, worker)).items;
    const reply = { params: { ref: item?.ref ?? '' }, body: { text: '已改进，谢谢' } };
    const stranger = personAs('resident');
    await expect(house.call(replyToRating, reply, stranger)).rejects.toMatchObject(
      refusal('not-found'),
    );
    const key = newId();
    const replied = await house.call(replyToRating, reply, worker, key);
    expect(await house.call(replyToRating, reply, worker, key)).toEqual(replied);
    await expect(house.call(replyToRating, reply, worker)).rejects.toMatchObject(
      refusal('replied-already'),
    );
    const [mine] = (await house.call(listMyRatings, {}, resident)).items;
    expect(mine?.reply).toMatchObject({ text: '已改进，谢谢', state: 'shown' });
  });

  it('cannot reply to what they may not see, nor to what is no rating', async () => {
    const token = house.addCode();
    const { id } = await house.rate(token);
    const body = { text: '谢谢' };
    for (const ref of [
      'A'.repeat(22),
      Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'),
    ]) {
      await expect(
        house.call(replyToRating, { params: { ref }, body }, workerOf(token)),
      ).rejects.toMatchObject(refusal('not-found'));
    }
  });

  it('may be an organization, for which those who serve in its unit see and reply', async () => {
    const unitId = newId();
    const token = house.addCode({ subjectPersonId: null }, { unitId, kind: 'organization' });
    const clerk = personAs('resident');
    const query = { subjectId: house.subjectOf(token) };
    await house.rate(token, personAs('resident'), { isNamed: true });
    const seen = async () => (await house.call(listShownRatings, { query }, clerk)).items;
    expect(await seen()).toEqual([]);
    const post = house.addPost(clerk.personId, unitId);
    await house.tell(postChanged, { postId: post.id }, 'directory');
    const [item] = await eventually(async () => {
      const items = await seen();
      return items.length > 0 && items;
    });
    const reply = { params: { ref: item?.ref ?? '' }, body: { text: '谢谢您' } };
    expect((await house.call(replyToRating, reply, clerk)).reply?.text).toBe('谢谢您');
  });
});

describe('a rating for somebody without a phone', () => {
  const consent = { kind: 'spoken' as const, words: '本人口述，女儿在场', on: '2026-11-20' };
  const bodyOf = (token: string, fields = {}) => ({
    ...{ token, level: 4, personId: null, elderRef: 'grid3-017', consent },
    ...fields,
  });
  const assist = (body: ReturnType<typeof bodyOf>, principal = house.officer, key = newId()) =>
    house.call(assistRating, { body }, principal, key);

  it('is marked, recorded with its consent, and shown apart', async () => {
    const token = house.addCode();
    const key = newId();
    const rating = await assist(bodyOf(token), house.officer, key);
    expect(rating).toMatchObject({ isAssisted: true, isVerified: false });
    expect(await assist(bodyOf(token), house.officer, key)).toEqual(rating);
    await expect(assist(bodyOf(token))).rejects.toMatchObject(refusal('rated-already'));
    const rows = await house.sql(
      `SELECT consent, consent_words, elder_ref FROM ratings_assistance WHERE rating_id = ?`,
      Buffer.from(rating.id.replaceAll('-', ''), 'hex'),
    );
    expect(rows).toEqual([
      { consent: 'spoken', consent_words: consent.words, elder_ref: 'grid3-017' },
    ]);
    const acts = await house.sql('SELECT action FROM ratings_audit WHERE object_id = ?', rating.id);
    expect(acts).toEqual([{ action: 'assist-rating' }]);
    const query = { subjectId: house.subjectOf(token) };
    const { items } = await house.call(listRatings, { query }, house.officer);
    expect(items[0]).toMatchObject({ raterClass: 'assisted' });
  });

  it('of a registered elder earns, and counts once with their own', async () => {
    const token = house.addCode();
    const elder = personAs('resident');
    const body = bodyOf(token, { personId: elder.personId, elderRef: null });
    expect(await assist(body)).toMatchObject({ isAssisted: true, isVerified: true });
    await expect(house.rate(token, elder)).rejects.toMatchObject(refusal('rated-already'));
  });

  it('is one for a name in a place and a day, whichever of its officers acts', async () => {
    const token = house.addCode();
    const other = personAs('grid-worker', { areaPaths: [street] });
    await assist(bodyOf(token));
    await expect(assist(bodyOf(token), other)).rejects.toMatchObject(refusal('rated-already'));
  });

  it('is refused for whoever acts, for whom their own account counts', async () => {
    const self = bodyOf(house.addCode(), { personId: house.officer.personId, elderRef: null });
    await expect(assist(self)).rejects.toMatchObject(refusal('own-case'));
  });

  it('is refused for oneself, one’s own unit, another area, and without one name', async () => {
    const own = house.addCode({ subjectPersonId: house.officer.personId });
    await expect(assist(bodyOf(own))).rejects.toMatchObject(refusal('self-rating'));
    const elder = house.addCode();
    const self = bodyOf(elder, {
      personId: house.scanOf(elder).subjectPersonId,
      elderRef: null,
    });
    await expect(assist(self)).rejects.toMatchObject(refusal('self-rating'));
    const unitId = newId();
    const grid = personAs('grid-worker', { areaPaths: ['/1506/150603/'] });
    const post = house.addPost(grid.personId, unitId);
    await house.tell(postChanged, { postId: post.id }, 'directory');
    const ofUnit = house.addCode({}, { unitId });
    await eventually(async () => (await house.count('ratings_post_card')) >= 2);
    await expect(assist(bodyOf(ofUnit), grid)).rejects.toMatchObject(refusal('own-unit'));
    const far = house.addCode({ areaPath: '/1506/150602/' });
    await expect(assist(bodyOf(far))).rejects.toMatchObject(refusal('not-found'));
    const nameless = bodyOf(house.addCode(), { elderRef: null });
    await expect(assist(nameless)).rejects.toMatchObject(refusal('invalid-request'));
    await expect(assist(bodyOf(house.addCode()), personAs('resident'))).rejects.toMatchObject(
      refusal('forbidden'),
    );
  });
});
