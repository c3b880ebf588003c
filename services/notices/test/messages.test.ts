import { personErased } from '@ddp/contracts/identity/events';
import { noticeRequested } from '@ddp/contracts/notices/events';
import * as routes from '@ddp/contracts/notices/routes';
import type { Template } from '@ddp/contracts/notices/schemas';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { eventually } from '@ddp/testing/module-harness';
import { personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

let drawn = 0;
function newPhone(): string {
  drawn += 1;
  return `139${String(drawn).padStart(8, '0')}`;
}

function newResident(phone: string | null = newPhone()) {
  const personId = house.newPerson({ areaPath: '/1506/150603/', phone });
  return { principal: personAs('resident', { personId }), personId, phone };
}

const tellPerson = (personId: string, template: Template, params = {}) =>
  house.tell(noticeRequested, { audience: { kind: 'person', personId }, template, params });

const listFor = (principal: PersonPrincipal, query: Record<string, unknown> = {}) =>
  house.call(routes.listMyMessages, { query }, principal);

const waitFor = (principal: PersonPrincipal, count = 1) =>
  eventually(async () => {
    const page = await listFor(principal);
    return page.items.length >= count ? page : null;
  });

describe('a message', () => {
  it('is kept once, in both languages, and is read by its person alone', async () => {
    const { principal, personId } = newResident();
    await tellPerson(personId, 'points-awarded', { points: 5, reason: '参加活动' });
    const { items, unread } = await waitFor(principal);
    expect(items).toMatchObject([{ title: '积分到账', text: '您获得 5 分，原因：参加活动。' }]);
    expect(unread).toBe(1);
    const english = await listFor(principal, { language: 'en' });
    expect(english.items[0]?.title).toBe('Points received');
    const params = { id: items[0]?.id ?? '' };
    const { principal: other } = newResident();
    expect((await listFor(other)).items).toEqual([]);
    await expect(house.call(routes.markMessageRead, { params }, other)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await Promise.all([
      house.call(routes.markMessageRead, { params }, principal),
      house.call(routes.markMessageRead, { params }, principal),
    ]);
    const after = await listFor(principal);
    expect(after.unread).toBe(0);
    expect(after.items[0]?.readAt).not.toBeNull();
    expect((await listFor(principal, { unreadOnly: 'true' })).items).toEqual([]);
  });

  it('to a role reaches those who hold it over the area, each with their own read mark', async () => {
    const officer = (path: string) => personAs('banner-officer', { areaPaths: [path] });
    const over = officer('/1506/150603/');
    const alsoOver = officer('/1506/');
    await house.tell(noticeRequested, {
      audience: { kind: 'role', role: 'banner-officer', areaPath: '/1506/150603/' },
      template: 'objection-received',
      params: { reference: 'GS2026-000001' },
    });
    const { items } = await waitFor(over);
    expect(items).toHaveLength(1);
    await house.call(routes.markMessageRead, { params: { id: items[0]?.id ?? '' } }, over);
    expect([(await listFor(over)).unread, (await listFor(alsoOver)).unread]).toEqual([0, 1]);
    expect((await listFor(officer('/1506/150602/'))).items).toEqual([]);
    const sameWithOtherRole = personAs('resident', { personId: over.personId });
    expect((await listFor(sameWithOtherRole)).items).toEqual([]);
  });

  it('comes page by page, newest first', async () => {
    const { principal, personId } = newResident();
    for (const points of [1, 2, 3]) {
      await tellPerson(personId, 'points-awarded', { points, reason: '评价' });
      await waitFor(principal, points);
    }
    const first = await listFor(principal, { limit: 2 });
    const second = await listFor(principal, { limit: 2, cursor: first.nextCursor });
    const texts = [...first.items, ...second.items].map((one) => one.text.match(/\d/)?.[0]);
    expect(texts).toEqual(['3', '2', '1']);
    expect(second.nextCursor).toBeNull();
  });
});

describe('a text message', () => {
  const sentTo = (phone: string | null) =>
    house.provider.sent.filter((one) => one.phone === phone).map((one) => one.text);
  const stateOf = async (personId: string) => {
    const rows = await house.db
      .selectFrom('notices_text')
      .select(['state', 'tries', 'person_id'])
      .execute();
    return rows.find((row) => row.person_id.toString('hex') === personId.replaceAll('-', ''));
  };
  const settled = (personId: string) =>
    eventually(async () => {
      const row = await stateOf(personId);
      if (row?.state === 'pending') house.clock.advanceMs(10_000);
      return row && row.state !== 'pending' ? row : null;
    });
  const params = { benefit: '大米', reason: 'sold-out' };

  it('goes out once where the template says so, after passing faults of the provider', async () => {
    const { personId, phone } = newResident();
    house.provider.state.failures = 2;
    await tellPerson(personId, 'redemption-failed', params);
    expect(await settled(personId)).toMatchObject({ state: 'sent', tries: 3 });
    expect(sentTo(phone)).toEqual(['【码上生活】“大米”未能兑换，原因：已兑完。']);
    const quiet = newResident();
    await tellPerson(quiet.personId, 'points-awarded', { points: 1, reason: '评价' });
    await waitFor(quiet.principal);
    expect(await stateOf(quiet.personId)).toBeUndefined();
  });

  it('is given up after five tries, and for a person without a phone', async () => {
    const { personId, phone } = newResident();
    house.provider.state.failures = 1_000;
    await tellPerson(personId, 'redemption-failed', params);
    expect(await settled(personId)).toMatchObject({ state: 'failed', tries: 5 });
    house.provider.state.failures = 0;
    expect(sentTo(phone)).toEqual([]);
    const without = newResident(null);
    await tellPerson(without.personId, 'redemption-failed', params);
    expect(await settled(without.personId)).toMatchObject({ state: 'unreachable' });
  });

  it('with a code is sent at once for identity, and not for people', async () => {
    const phone = '13900009999';
    const body = {
      phone,
      template: 'sign-in-code' as const,
      params: { code: '042917', minutes: 5 },
    };
    await house.call(routes.sendText, { body }, serviceAs('identity'));
    expect(sentTo(phone)[0]).toContain('验证码 042917，5 分钟');
    house.provider.state.failures = 1;
    await expect(
      house.call(routes.sendText, { body }, serviceAs('identity')),
    ).rejects.toMatchObject({ slug: 'text-not-sent' });
    await expect(
      house.call(routes.sendText, { body }, personAs('administrator')),
    ).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

it('keeps no message of a person who was erased', async () => {
  const { principal, personId } = newResident();
  await tellPerson(personId, 'points-awarded', { points: 1, reason: '评价' });
  await waitFor(principal);
  await house.tell(personErased, { personId });
  await eventually(async () => (await listFor(principal)).items.length === 0);
});
