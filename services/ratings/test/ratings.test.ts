import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { postChanged } from '@ddp/contracts/directory/events';
import type { Post } from '@ddp/contracts/directory/schemas';
import { personErased } from '@ddp/contracts/identity/events';
import type { Principal } from '@ddp/contracts/principal';
import * as routes from '@ddp/contracts/ratings/routes';
import { newId } from '@ddp/db-kit/ids';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ratingsModule } from '../src/module.ts';

let house: Harness;
const scans = new Map<string, ResolvedScan>();
const posts = new Map<string, Post>();

beforeAll(async () => {
  const lastPart = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? '';
  house = await createHarness({
    modules: [ratingsModule],
    peers: {
      codes: async (request) => {
        const scan = scans.get(lastPart(request));
        if (scan) return Response.json(scan);
        const problem = { type: 'urn:ddp:problem:invalid-code', title: '此码无效', status: 404 };
        const headers = { 'content-type': 'application/problem+json' };
        return new Response(JSON.stringify(problem), { status: 404, headers });
      },
      directory: async (request) => Response.json(posts.get(lastPart(request))),
    },
  });
});
afterAll(() => house?.stop());

/** A code in force for a new subject; returns its token. */
function addCode(fields: Partial<ResolvedScan> = {}): string {
  const token = newId().replaceAll('-', '').slice(0, 26);
  scans.set(token, {
    codeId: newId(),
    subject: {
      id: newId(),
      kind: 'worker',
      name: '乌兰',
      title: '社工',
      unitId: null,
      unitName: '滨河社工站',
      areaName: '滨河街道',
    },
    place: '',
    areaPath: '/1506/150603/150603003/',
    programmeId: newId(),
    subjectPersonId: newId(),
    ...fields,
  });
  return token;
}

const rate = (token: string, principal: Principal, level = 5, key?: string) =>
  house.call(routes.submitRating, { body: { token, level } }, principal, key);

const guest = (): Principal => ({ ...anonymous, deviceId: newId() }) as Principal;

describe('a rating', () => {
  it('counts once for a resident, subject and day, and again on the next', async () => {
    const token = addCode();
    const resident = personAs('resident');
    expect((await rate(token, resident)).isVerified).toBe(true);
    await expect(rate(token, resident)).rejects.toMatchObject({ slug: 'rated-already' });
    house.clock.advanceMs(24 * 3_600_000);
    await rate(token, resident, 4);
    const mine = await house.call(routes.listMyRatings, {}, resident);
    expect(mine.items.map((rating) => rating.level)).toEqual([4, 5]);
  });

  it('submitted a hundred times at once with one key has one effect and one answer', async () => {
    const token = addCode();
    const resident = personAs('resident');
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => rate(token, resident, 3, key)),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    const mine = await house.call(routes.listMyRatings, {}, resident);
    expect(mine.items).toHaveLength(1);
  });

  it('of a guest is kept apart and once for a device', async () => {
    const token = addCode();
    const visitor = guest();
    expect((await rate(token, visitor)).isVerified).toBe(false);
    await expect(rate(token, visitor)).rejects.toMatchObject({ slug: 'rated-already' });
    const id = scans.get(token)?.subject.id ?? '';
    const score = await house.call(routes.readScore, { params: { id } }, anonymous);
    expect(score).toMatchObject({ count: 0, guestCount: 1, mean: null });
  });

  it('of oneself is refused, and of the own unit by those who serve in it', async () => {
    const unitId = newId();
    const worker = personAs('resident');
    const own = addCode({ subjectPersonId: worker.personId });
    await expect(rate(own, worker)).rejects.toMatchObject({ slug: 'self-rating' });
    const token = addCode();
    const scan = scans.get(token);
    if (scan) scans.set(token, { ...scan, subject: { ...scan.subject, unitId } });
    const post: Post = {
      id: newId(),
      personId: worker.personId,
      role: null,
      unitId,
      areaPath: '/1506/',
      fromOn: '2020-01-01',
      toOn: null,
    };
    posts.set(post.id, post);
    await house.deliver('ratings', {
      eventId: newId(),
      eventName: postChanged.name,
      producer: 'directory',
      payload: { postId: post.id },
      requestId: 'test-request',
    });
    const refusal = await eventually(async () => {
      const slug = await rate(token, worker).then(
        () => null,
        (error: { slug: string }) => error.slug,
      );
      if (slug !== 'own-unit') house.clock.advanceMs(24 * 3_600_000);
      return slug === 'own-unit' ? { slug } : null;
    });
    expect(refusal).toMatchObject({ slug: 'own-unit' });
  });

  it('with a reason that does not fit its level is refused', async () => {
    const body = { token: addCode(), level: 5, reasons: ['rude' as const] };
    await expect(
      house.call(routes.submitRating, { body }, personAs('resident')),
    ).rejects.toMatchObject({ slug: 'reason-mismatch' });
  });
});

describe('a score', () => {
  it('shows no mean until five residents have rated', async () => {
    const token = addCode();
    const id = scans.get(token)?.subject.id ?? '';
    for (let count = 0; count < 4; count += 1) await rate(token, personAs('resident'));
    const score = () => house.call(routes.readScore, { params: { id } }, anonymous);
    expect((await score()).mean).toBeNull();
    await rate(token, personAs('resident'), 1);
    expect(await score()).toMatchObject({ count: 5 });
    expect((await score()).mean).toBeGreaterThan(3.5);
  });
});

it('keeps the ratings of a person who left and no longer leads to them', async () => {
  const token = addCode();
  const resident = personAs('resident');
  await rate(token, resident);
  await house.deliver('ratings', {
    eventId: newId(),
    eventName: personErased.name,
    producer: 'identity',
    payload: { personId: resident.personId },
    requestId: 'test-request',
  });
  await eventually(async () => {
    const mine = await house.call(routes.listMyRatings, {}, resident);
    return mine.items.length === 0;
  });
  const id = scans.get(token)?.subject.id ?? '';
  const score = await house.call(routes.readScore, { params: { id } }, anonymous);
  expect(score.count).toBe(1);
});

describe('the scan page', () => {
  const open = (path: string, init?: RequestInit) =>
    house.fetchOf('ratings')(new Request(`http://ratings.test${path}`, init));

  it('shows who is rated, and a sent form leads to thanks without any script', async () => {
    const token = addCode();
    const page = await open(`/e/${token}`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('乌兰');
    expect(html).not.toContain('<script');
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
    const id = scans.get(token)?.subject.id ?? '';
    const score = await house.call(routes.readScore, { params: { id } }, anonymous);
    expect(score.guestCount).toBe(1);
  });

  it('asks again, keeping the words, when no face was chosen', async () => {
    const token = addCode();
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
