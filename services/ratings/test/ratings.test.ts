import { postChanged } from '@ddp/contracts/directory/events';
import { personErased } from '@ddp/contracts/identity/events';
import { listMyRatings, submitRating } from '@ddp/contracts/ratings/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const day = 24 * 3_600_000;
const slugOf = (work: Promise<unknown>) =>
  work.then(
    () => 'rated',
    (error: { slug: string }) => error.slug,
  );

describe('a rating', () => {
  it('counts once for a resident, subject and day, and again on the next', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    expect((await house.rate(token, resident)).isVerified).toBe(true);
    await expect(house.rate(token, resident)).rejects.toMatchObject({ slug: 'rated-already' });
    house.clock.advanceMs(day);
    await house.rate(token, resident, { level: 4 });
    const mine = await house.call(listMyRatings, {}, resident);
    expect(mine.items.map((rating) => rating.level)).toEqual([4, 5]);
  });

  it('submitted a hundred times at once with one key has one effect and one answer', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => house.rate(token, resident, { level: 3 }, key)),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    const mine = await house.call(listMyRatings, {}, resident);
    expect(mine.items).toHaveLength(1);
  });

  it('submitted a hundred times at once with as many keys is one rating', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    const slugs = await Promise.all(
      Array.from({ length: 100 }, () => slugOf(house.rate(token, resident))),
    );
    expect(slugs.filter((slug) => slug === 'rated')).toHaveLength(1);
    expect(new Set(slugs)).toEqual(new Set(['rated', 'rated-already']));
  });

  it('keeps its verdict whatever its neighbours of the same commit get', async () => {
    const token = house.addCode();
    const worker = personAs('resident', { personId: house.scanOf(token).subjectPersonId ?? '' });
    const key = newId();
    const resident = personAs('resident');
    await house.rate(token, resident, {}, key);
    const slugs = await Promise.all([
      slugOf(house.rate(token, worker)),
      slugOf(house.rate(token, personAs('resident'), { reasons: ['rude'] })),
      slugOf(house.rate(token, resident, { level: 1 }, key)),
      slugOf(house.rate(token, resident, {}, key)),
      slugOf(house.rate(token, resident)),
      slugOf(house.rate(token)),
    ]);
    expect(slugs).toEqual([
      ...['self-rating', 'reason-mismatch', 'idempotency-key-reused', 'rated', 'rated-already'],
      'rated',
    ]);
  });

  it('repeated after its code was retired gets its answer, and a new one is refused', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    const key = newId();
    const first = await house.rate(token, resident, {}, key);
    house.scans.delete(token);
    expect(await house.rate(token, resident, {}, key)).toEqual(first);
    const refused = { slug: 'invalid-code' };
    await expect(house.rate(token, resident, { level: 1 }, key)).rejects.toMatchObject(refused);
    await expect(house.rate(token)).rejects.toMatchObject(refused);
  });

  it('of a guest is kept apart and once for a device', async () => {
    const token = house.addCode();
    const visitor = house.guest();
    expect((await house.rate(token, visitor)).isVerified).toBe(false);
    await expect(house.rate(token, visitor)).rejects.toMatchObject({ slug: 'rated-already' });
  });

  it('of oneself is refused, and of the own unit by those who serve in it', async () => {
    const unitId = newId();
    const worker = personAs('resident');
    const own = house.addCode({ subjectPersonId: worker.personId });
    await expect(house.rate(own, worker)).rejects.toMatchObject({ slug: 'self-rating' });
    const post = house.addPost(worker.personId, unitId);
    await house.tell(postChanged, { postId: post.id }, 'directory');
    await eventually(async () => (await house.count('ratings_post_card')) > 0);
    const token = house.addCode({}, { unitId });
    await expect(house.rate(token, worker)).rejects.toMatchObject({ slug: 'own-unit' });
  });

  it('with a reason that does not fit its level is refused', async () => {
    const body = { token: house.addCode(), level: 5, reasons: ['rude'] };
    await expect(house.call(submitRating, { body }, personAs('resident'))).rejects.toMatchObject({
      slug: 'reason-mismatch',
    });
  });

  it('that was refused leaves nothing, so that its key can be used again', async () => {
    const token = house.addCode();
    const resident = personAs('resident');
    const key = newId();
    const before = await house.count('ratings_idempotency');
    await expect(house.rate(token, resident, { reasons: ['rude'] }, key)).rejects.toThrow();
    expect(await house.count('ratings_idempotency')).toBe(before);
    expect((await house.rate(token, resident, {}, key)).level).toBe(5);
  });
});

it('keeps the ratings of a person who left and no longer leads to them', async () => {
  const token = house.addCode();
  const resident = personAs('resident');
  await house.rate(token, resident, { words: '谢谢' });
  await house.tell(personErased, { personId: resident.personId }, 'identity');
  await eventually(async () => {
    const mine = await house.call(listMyRatings, {}, resident);
    return mine.items.length === 0;
  });
  const subject = house.subjectOf(token);
  const rows = await house.sql(
    'SELECT words, person_id FROM ratings_rating WHERE HEX(subject_id) = ?',
    subject.replaceAll('-', '').toUpperCase(),
  );
  expect(rows).toEqual([{ words: '', person_id: null }]);
  const kept = await house.sql(
    'SELECT response FROM ratings_idempotency WHERE scope = ?',
    `person:${resident.personId}`,
  );
  expect(kept).toEqual([]);
});

describe('the scan page', () => {
  const open = (path: string, init?: RequestInit) =>
    house.fetchOf('ratings')(new Request(`http://ratings.test${path}`, init));

  it('shows who is rated, and a sent form leads to thanks without any script', async () => {
    const token = house.addCode();
    const page = await open(`/e/${token}`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('乌兰');
    expect(html).not.toMatch(/checked[^>]*name="level"|name="level"[^>]*checked/);
    const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const form = new URLSearchParams({ key, level: '2', words: '等了很久\r\n没人' });
    form.append('reasons', 'slow');
    form.append('reasons', 'patient');
    const post = () => open(`/e/${token}`, { method: 'POST', body: form, redirect: 'manual' });
    const sent = await post();
    expect(sent.status).toBe(303);
    expect((await post()).status).toBe(303);
    expect(await (await open(sent.headers.get('location') ?? '')).text()).toContain('谢谢');
    const subject = house.subjectOf(token).replaceAll('-', '').toUpperCase();
    const rows = await house.sql(
      'SELECT reasons, rater_class FROM ratings_rating WHERE HEX(subject_id) = ?',
      subject,
    );
    expect(rows).toEqual([{ reasons: 'slow', rater_class: 'guest' }]);
  });

  it('shows the photo of whom it is about, with a text, and the letter where there is none', async () => {
    const photoId = 'ab'.repeat(32);
    const withPhoto = await open(`/e/${house.addCode({}, { photoId })}`);
    const html = await withPhoto.text();
    expect(html).toContain(`src="/api/directory/v1/subject-photos/${photoId}"`);
    expect(html).toContain('alt="照片：乌兰"');
    expect(withPhoto.headers.get('content-security-policy')).toContain("img-src 'self'");
    expect(await (await open(`/e/${house.addCode()}`)).text()).not.toContain('<img');
  });

  it('asks again, keeping the words, when no face was chosen', async () => {
    const token = house.addCode();
    const body = new URLSearchParams({ key: newId(), words: '谢谢你' });
    const answer = await open(`/e/${token}`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('请先选择一个评价');
    expect(html).toContain('谢谢你');
  });

  it('answers every code that is not in force with the same page', async () => {
    const one = await open(`/e/${newId().replaceAll('-', '').slice(0, 26)}`);
    const two = await open('/e/zzzz');
    expect(one.status).toBe(404);
    const withoutToken = (html: string) => html.replaceAll(/\/e\/[^/"]+/g, '/e/x');
    expect(withoutToken(await one.text())).toBe(withoutToken(await two.text()));
  });
});

it('refuses a rating beyond the waiting line at once, and asks to come back', async () => {
  const small = await openHouse({ RATINGS_GROUP_MAX: '1', RATINGS_QUEUE_MAX: '1' });
  try {
    const token = small.addCode();
    const slugs = await Promise.all(Array.from({ length: 30 }, () => slugOf(small.rate(token))));
    expect(new Set(slugs)).toEqual(new Set(['rated', 'busy']));
    expect(await small.count('ratings_rating')).toBe(slugs.filter((one) => one === 'rated').length);
    expect(await small.audit()).toEqual([]);
  } finally {
    await small.stop();
  }
});

it('asks codes together for those who scan one code at the same moment, and anew afterwards', async () => {
  const token = house.addCode();
  const before = house.countScanCalls();
  await Promise.all(Array.from({ length: 20 }, () => house.rate(token)));
  expect(house.countScanCalls() - before).toBeLessThan(20);
  house.scans.delete(token);
  await expect(house.rate(token, anonymous)).rejects.toMatchObject({ slug: 'invalid-code' });
});

it('knows by the same key what was rated before keys were kept', async () => {
  const { up } = await import('../migrations/0004_fill_rating.ts');
  const resident = personAs('resident');
  await house.rate(house.addCode(), resident);
  const keys = () =>
    house.sql('SELECT id, once_key, rater_class FROM ratings_rating WHERE person_id = ?', id);
  const id = Buffer.from(resident.personId.replaceAll('-', ''), 'hex');
  const before = await keys();
  expect(before).toHaveLength(1);
  await house.sql(`UPDATE ratings_rating SET once_key = NULL, rater_class = 'guest'
    WHERE person_id = X'${id.toString('hex')}'`);
  await up(house.db);
  expect(await keys()).toEqual(before);
});
