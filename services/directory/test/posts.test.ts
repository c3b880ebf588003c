import { postChanged } from '@ddp/contracts/directory/events';
import { appointSubstitute, listPosts } from '@ddp/contracts/directory/post-routes';
import { createPost, endPost, readPost } from '@ddp/contracts/directory/routes';
import type { PostRole } from '@ddp/contracts/directory/schemas';
import { newId } from '@ddp/db-kit/ids';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.plantAreas();
});
afterAll(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

interface Wanted {
  personId?: string;
  role?: PostRole | null;
  areaCode?: string;
  toOn?: string | null;
}
const appoint = (wanted: Wanted = {}) => {
  const post = { personId: newId(), role: 'grid-worker' as const, areaCode: '150603001001' };
  const dated = { unitId: null, fromOn: '2026-01-01', toOn: null };
  return house.call(createPost, { body: { ...post, ...dated, ...wanted } }, house.officer);
};
const standIn = (id: string, fields: object = {}, principal = house.officer, key = newId()) => {
  const period = { fromOn: '2026-03-01', toOn: '2026-03-10', reason: '休假' };
  const body = { personId: newId(), ...period, ...fields };
  return house.call(appointSubstitute, { params: { id }, body }, principal, key);
};
const read = (id: string) => house.call(readPost, { params: { id } }, serviceAs('identity'));

describe('a post', () => {
  it('is refused for a role that the level of the area does not have', async () => {
    await expect(appoint({ role: 'banner-officer' })).rejects.toMatchObject({
      slug: 'role-does-not-fit-area',
    });
    await expect(appoint({ areaCode: '150603' })).rejects.toMatchObject({
      slug: 'role-does-not-fit-area',
    });
    expect(await appoint({ role: 'banner-officer', areaCode: '150603' })).toHaveProperty('id');
  });

  it('is refused for a person whom nobody knows', async () => {
    await expect(appoint({ personId: house.unknownPerson() })).rejects.toMatchObject({
      slug: 'unknown-person',
    });
  });

  it('stands beside others of the same person, and is listed by who, where and when', async () => {
    const personId = newId();
    const first = await appoint({ personId, toOn: '2026-06-30' });
    const second = await appoint({ personId, role: null, areaCode: '150603001002' });
    const list = async (query: object, principal = house.officer) =>
      (await house.call(listPosts, { query }, principal)).items.map(({ id }) => id);
    expect(await list({ personId })).toEqual([second.id, first.id]);
    expect(await list({ personId, on: '2026-06-30' })).toEqual([second.id, first.id]);
    expect(await list({ personId, on: '2026-07-01' })).toEqual([second.id]);
    expect(await list({ personId, on: '2025-12-31' })).toEqual([]);
    expect(await list({ personId, areaCode: '150603001001' })).toEqual([first.id]);
    expect(await list({ personId, role: 'grid-worker' })).toEqual([first.id]);
    expect(await list({ personId }, house.stranger)).toEqual([]);
  });

  it('ends earlier than planned, never later and never before it began', async () => {
    const { id } = await appoint({ toOn: '2026-12-31' });
    const end = (toOn: string) =>
      house.call(endPost, { params: { id }, body: { toOn } }, house.officer);
    for (const toOn of ['2027-01-01', '2026-12-31', '2025-12-31']) {
      await expect(end(toOn)).rejects.toMatchObject({ slug: 'conflict' });
    }
    expect(await end('2026-05-31')).toMatchObject({ toOn: '2026-05-31', version: 2 });
    expect(await read(id)).toMatchObject({ toOn: '2026-05-31', version: 2 });
  });
});

describe('a substitute', () => {
  it('has the authority of the post for the days, as a post that names it', async () => {
    const post = await appoint({ areaCode: '150603001', role: 'community-officer' });
    const key = newId();
    const personId = newId();
    const ask = () => standIn(post.id, { personId }, house.officer, key);
    const [one, again] = await Promise.all([ask(), ask()]);
    expect(one).toEqual(again);
    expect(await read(one.id)).toMatchObject({
      ...{ personId, role: 'community-officer', areaPath: post.areaPath, reason: '休假' },
      ...{ fromOn: '2026-03-01', toOn: '2026-03-10', substituteFor: post.id },
    });
    expect(await house.sent(postChanged)).toContainEqual({ postId: one.id });
    expect(await house.audited('appoint-substitute')).toBe(1);
  });

  it('is one at a time, however many ask at once', async () => {
    const post = await appoint();
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => standIn(post.id)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused to the holder, strangers, outside the post, and for a substitute', async () => {
    const post = await appoint({ toOn: '2026-03-05' });
    const other = await appoint();
    const substitute = await standIn(other.id);
    const refused = async (attempt: Promise<unknown>, slug: string) =>
      expect(attempt).rejects.toMatchObject({ slug });
    await refused(standIn(other.id, { personId: other.personId }), 'substitute-is-holder');
    await refused(standIn(other.id, { toOn: '2026-02-28' }), 'post-ends-before-it-begins');
    await refused(standIn(post.id), 'substitution-outside-post');
    await refused(standIn(substitute.id), 'substitution-outside-post');
    await refused(standIn(other.id, { toOn: '2026-03-01' }), 'substitution-overlaps');
    await refused(standIn(other.id, {}, house.stranger), 'not-found');
    await refused(standIn(other.id, {}, house.reader), 'forbidden');
    await refused(standIn(other.id, { personId: house.unknownPerson() }), 'unknown-person');
  });

  it('stands in no longer when the post ends', async () => {
    const post = await appoint();
    const { id } = await standIn(post.id);
    const body = { toOn: '2026-03-04' };
    await house.call(endPost, { params: { id: post.id }, body }, house.officer);
    expect((await read(id)).toOn).toBe('2026-03-04');
    expect(await house.sent(postChanged)).toContainEqual({ postId: id });
  });
});
