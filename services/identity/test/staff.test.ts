import { postChanged, programmeChanged } from '@ddp/contracts/directory/events';
import * as peopleRoutes from '@ddp/contracts/identity/people-routes';
import * as routes from '@ddp/contracts/identity/routes';
import type { Role } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, newPhone, openHouse } from './house.ts';

let house: House;
let administrator: Principal;
beforeAll(async () => {
  house = await openHouse();
  administrator = (await house.signInStaff('admin', 'demo-password')).principal;
});
afterAll(() => house?.stop());

let drawn = 0;

async function newStaff() {
  drawn += 1;
  const login = `staff${drawn}`;
  const body = { login, name: '白音' };
  const created = await house.call(routes.createStaff, { body }, administrator);
  return { login, ...created };
}

async function appoint(personId: string, role: Role, toOn: string | null = null, id = newId()) {
  house.posts.set(id, {
    id,
    personId,
    role: role as 'grid-worker',
    unitId: null,
    areaPath: '/1506/150603/',
    fromOn: '2026-01-01',
    toOn,
  });
  await house.deliver('identity', {
    eventId: newId(),
    eventName: postChanged.name,
    producer: 'directory',
    payload: { postId: id },
    requestId: 'test-request',
  });
  return id;
}

async function changePassword(principal: Principal, currentPassword: string, newPassword: string) {
  const body = { currentPassword, newPassword };
  const { token } = await house.callForToken(routes.changePassword, { body }, principal);
  return token;
}

it('keeps the newest of two copies of a post, whichever comes last', async () => {
  const staff = await newStaff();
  const id = await appoint(staff.personId, 'community-officer');
  const { principal } = await house.signInStaff(staff.login, staff.oneTimePassword);
  await changePassword(principal, staff.oneTimePassword, 'a-longer-one');
  const signIn = () => house.signInStaff(staff.login, 'a-longer-one');
  const { token } = await eventually(async () => {
    const session = await signIn();
    return (await house.lookUp(session.token)).role === 'community-officer' ? session : null;
  });
  const tell = async (version: number, areaPath: string) => {
    const post = house.posts.get(id);
    if (!post) throw new Error('no post');
    house.posts.set(id, { ...post, version, areaPath });
    const event = { eventId: newId(), eventName: postChanged.name, producer: 'directory' };
    await house.deliver('identity', { ...event, payload: { postId: id }, requestId: 'r' });
  };
  const reaches = (path: string) =>
    eventually(async () => (await house.lookUp(token)).areaPaths.join() === path);
  await tell(2, '/1506/150602/');
  await reaches('/1506/150602/');
  await tell(1, '/1506/150603/');
  const mark = await newStaff();
  await appoint(mark.personId, 'grid-worker');
  const early = await house.signInStaff(mark.login, mark.oneTimePassword);
  await eventually(async () => {
    const me = await house.call(routes.readMe, {}, early.principal);
    return me.roles.includes('grid-worker');
  });
  expect((await house.lookUp(token)).areaPaths).toEqual(['/1506/150602/']);
});

describe('a staff account', () => {
  it('has no authority before its one-time password is changed', async () => {
    const staff = await newStaff();
    await appoint(staff.personId, 'community-officer');
    const early = await house.signInStaff(staff.login, staff.oneTimePassword);
    await eventually(async () => {
      const me = await house.call(routes.readMe, {}, early.principal);
      return me.roles.includes('community-officer');
    });
    // A session acts in the strongest role that was known when it began.
    const signedIn = await house.signInStaff(staff.login, staff.oneTimePassword);
    expect(signedIn.principal).toMatchObject({ role: 'resident', areaPaths: [] });
    const token = await changePassword(signedIn.principal, staff.oneTimePassword, 'a-longer-one');
    expect(await house.lookUp(token)).toMatchObject({
      role: 'community-officer',
      areaPaths: ['/1506/150603/'],
    });
    await expect(house.lookUp(signedIn.token)).rejects.toMatchObject({ slug: 'not-found' });
    const body = { login: staff.login, password: staff.oneTimePassword };
    await expect(house.call(routes.signInByPassword, { body }, anonymous)).rejects.toMatchObject({
      slug: 'wrong-password',
    });
  });

  it('is made by the administrator alone, once for one key, with one login', async () => {
    const body = { login: 'only.one', name: '白音' };
    const officer = personAs('city-officer');
    await expect(house.call(routes.createStaff, { body }, officer)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    const key = newId();
    const first = await house.call(routes.createStaff, { body }, administrator, key);
    const again = await house.call(routes.createStaff, { body }, administrator, key);
    expect(again).toEqual(first);
    await expect(house.call(routes.createStaff, { body }, administrator)).rejects.toMatchObject({
      slug: 'login-taken',
    });
  });

  it('is closed for a quarter of an hour by five wrong passwords, made at once or not', async () => {
    const staff = await newStaff();
    const guess = (password: string, login = staff.login) =>
      house.call(routes.signInByPassword, { body: { login, password } }, anonymous);
    const guesses = await Promise.allSettled(
      Array.from({ length: 12 }, () => guess('wrong-password')),
    );
    const slugs = guesses.map((one) => one.status === 'rejected' && one.reason.slug).sort();
    expect(slugs.filter((slug) => slug === 'wrong-password')).toHaveLength(5);
    await expect(guess(staff.oneTimePassword)).rejects.toMatchObject({ slug: 'locked-out' });
    house.clock.advanceMs(901_000);
    expect((await guess(staff.oneTimePassword)).mustChangePassword).toBe(true);
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(guess('wrong-password', 'nobody')).rejects.toMatchObject({
        slug: 'wrong-password',
      });
    }
    await expect(guess('wrong-password', 'nobody')).rejects.toMatchObject({ slug: 'locked-out' });
  });
});

describe('authority', () => {
  async function officerAtWork() {
    const staff = await newStaff();
    const first = await house.signInStaff(staff.login, staff.oneTimePassword);
    await changePassword(first.principal, staff.oneTimePassword, 'a-longer-one');
    return staff;
  }

  it('comes and goes with the post, within its days', async () => {
    const staff = await officerAtWork();
    const { token } = await house.signInStaff(staff.login, 'a-longer-one');
    expect((await house.lookUp(token)).role).toBe('resident');
    const postId = await appoint(staff.personId, 'grid-worker');
    const principal = await house.principalOf(token);
    const switched = await eventually(async () => {
      const asked = await house.callForToken(
        routes.switchRole,
        { body: { role: 'grid-worker' } },
        principal,
      );
      return asked.status === 200 ? asked.token : null;
    });
    expect((await house.lookUp(switched)).role).toBe('grid-worker');
    await appoint(staff.personId, 'grid-worker', '2026-01-31', postId);
    await eventually(async () => (await house.lookUp(switched)).role === 'resident');
  });

  it('is not given to a session that was opened by phone', async () => {
    const { principal } = await house.signInPhone(newPhone());
    const personId = principal.kind === 'person' ? principal.personId : '';
    await appoint(personId, 'community-officer');
    await appoint(personId, 'volunteer-leader');
    const me = await eventually(async () => {
      const read = await house.call(routes.readMe, {}, principal);
      return read.roles.includes('volunteer-leader') ? read : null;
    });
    expect(me.roles).toEqual(['volunteer-leader', 'resident']);
    await expect(
      house.call(routes.switchRole, { body: { role: 'community-officer' } }, principal),
    ).rejects.toMatchObject({ slug: 'role-not-held' });
  });

  it('carries the nearest programme over the home', async () => {
    const { token } = await house.signInPhone(newPhone());
    const near = newId();
    house.programmes.set(newId(), { areaCode: '1506', areaPath: '/1506/' });
    house.programmes.set(near, { areaCode: '150603', areaPath: '/1506/150603/' });
    for (const programmeId of house.programmes.keys()) {
      await house.deliver('identity', {
        eventId: newId(),
        eventName: programmeChanged.name,
        producer: 'directory',
        payload: { programmeId },
        requestId: 'test-request',
      });
    }
    await eventually(async () => (await house.lookUp(token)).programmeId === near);
  });
});

describe('who is looked up by staff', () => {
  const near = personAs('community-officer', { areaPaths: ['/1506/150603/'] });
  const far = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
  it('has a masked name for officers of their area; colleagues have one for all staff', async () => {
    const elder = { name: '其木格', phone: null, areaCode: '150603', consent: 'signed' as const };
    const { id } = await house.call(routes.registerPerson, { body: elder }, near);
    const { personId } = await newStaff();
    const body = { personIds: [id, personId, newId()] };
    const namesFor = async (principal: Principal) => {
      const { items } = await house.call(peopleRoutes.listNames, { body }, principal);
      return items.map(({ maskedName }) => maskedName);
    };
    expect(await namesFor(near)).toEqual(['其*', '白*', null]);
    expect(await namesFor(far)).toEqual([null, '白*', null]);
    await expect(namesFor(personAs('resident'))).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('is listed with their login, page after page, and by how it begins', async () => {
    const made = [await newStaff(), await newStaff(), await newStaff()].map(({ login }) => login);
    const list = (query: object) => house.call(peopleRoutes.listStaff, { query }, near);
    const all: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
      all.push(...page.items.map(({ login }) => login));
      cursor = page.nextCursor;
    } while (cursor);
    expect(all).toEqual([...new Set(all)].sort());
    expect(all).toEqual(expect.arrayContaining(['admin', ...made]));
    const { items } = await list({ search: made[0] });
    expect(items.map(({ login }) => login)).toContain(made[0]);
    expect(items.every(({ login }) => login.startsWith(made[0] ?? ''))).toBe(true);
    await expect(
      house.call(peopleRoutes.listStaff, { query: {} }, personAs('grid-worker')),
    ).rejects.toMatchObject({ slug: 'forbidden' });
  });
});
