import {
  listOperators,
  removeOperator,
  unbindOperator,
} from '@ddp/contracts/identity/operator-routes';
import { findResident } from '@ddp/contracts/identity/people-routes';
import * as routes from '@ddp/contracts/identity/routes';
import type { Principal } from '@ddp/contracts/principal';
import { merchantAdmitted } from '@ddp/contracts/rewards/events';
import { consumersOf } from '@ddp/contracts/subscriptions';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { readTestEngines } from '@ddp/testing/config';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityDatabase } from '../src/database.ts';
import { identityInvariants } from '../src/store/audit.ts';
import { type House, newPhone, openHouse } from './house.ts';

let house: House;
let db: Kysely<IdentityDatabase>;
beforeAll(async () => {
  house = await openHouse();
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'identity',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  db = openDatabase<IdentityDatabase>({ url });
});
afterAll(async () => {
  await db?.destroy();
  await house?.stop();
});

const officer = personAs('community-officer', { areaPaths: ['/1506/150603/'] });
const newResident = (phone: string | null = newPhone()) => ({
  name: '其木格',
  phone,
  areaCode: '150603',
  consent: 'signed' as const,
});

async function expectClean() {
  for (const { name, sql: query } of identityInvariants) {
    const rows = await sql([query] as unknown as TemplateStringsArray).execute(db);
    expect({ name, rows: rows.rows }).toEqual({ name, rows: [] });
  }
}

describe('registering at the counter', () => {
  it('makes one resident for one key, who can sign in by phone', async () => {
    const body = newResident();
    const key = newId();
    const [a, b] = await Promise.all([
      house.call(routes.registerPerson, { body }, officer, key),
      house.call(routes.registerPerson, { body }, officer, key),
    ]);
    expect(a).toEqual(b);
    expect(a).toMatchObject({ maskedName: '其*', areaPath: '/1506/150603/' });
    const { principal } = await house.signInPhone(body.phone ?? '', {});
    expect(principal).toMatchObject({ personId: a.id, areaPaths: ['/1506/150603/'] });
  });

  it('is refused in a foreign or unknown area, for a taken phone, and to others', async () => {
    const elsewhere = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
    const body = newResident();
    await expect(house.call(routes.registerPerson, { body }, elsewhere)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(
      house.call(routes.registerPerson, { body: { ...body, areaCode: '9999' } }, officer),
    ).rejects.toMatchObject({ slug: 'unknown-area' });
    await house.call(routes.registerPerson, { body }, officer);
    await expect(house.call(routes.registerPerson, { body }, officer)).rejects.toMatchObject({
      slug: 'phone-taken',
    });
    const resident = personAs('resident');
    await expect(house.call(routes.registerPerson, { body }, resident)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    await house.call(routes.registerPerson, { body: newResident(null) }, officer);
  });

  it('leaves no name or number readable in the database', async () => {
    const body = newResident();
    await house.call(routes.registerPerson, { body }, officer);
    const tables = ['person', 'credential', 'code_request', 'counter', 'idempotency', 'audit'];
    for (const table of tables) {
      const { rows } = await sql`SELECT * FROM ${sql.table(`identity_${table}`)}`.execute(db);
      const text = JSON.stringify(rows, (_key, value: unknown) =>
        value !== null && typeof value === 'object' && 'data' in value && Array.isArray(value.data)
          ? Buffer.from(value.data as number[]).toString()
          : value,
      );
      expect(text).not.toContain(body.phone);
      expect(text).not.toContain(body.name);
    }
  });
});

describe('merchant operators', () => {
  it('are found or made by their phone, and act for their shop', async () => {
    const phone = newPhone();
    const merchantId = newId();
    const body = { phone, name: '斯琴', merchantId, role: 'merchant-clerk' as const };
    const rewards = serviceAs('rewards');
    const first = await house.call(routes.addOperator, { body }, rewards);
    expect(await house.call(routes.addOperator, { body }, rewards)).toEqual(first);
    const { principal } = await house.signInPhone(phone, { role: 'merchant' }, newId());
    expect(principal).toMatchObject({
      ...first,
      role: 'merchant-clerk',
      merchantId,
      areaPaths: [],
    });
    const stranger = newPhone();
    const asked = { ...(await house.drawCode(stranger)), phone: stranger };
    await expect(
      house.call(routes.signInByCode, { body: { ...asked, role: 'merchant' } }, anonymous),
    ).rejects.toMatchObject({ slug: 'role-not-held' });
    await expect(house.call(routes.addOperator, { body }, officer)).rejects.toMatchObject({
      slug: 'forbidden',
    });
  });

  it('are bound to the phone of their first sign-in until they are unbound, and end at once', async () => {
    const [phone, merchantId] = [newPhone(), newId()];
    const role = 'merchant-clerk' as const;
    const rewards = serviceAs('rewards');
    const body = { phone, name: '斯琴', merchantId, role };
    const { personId } = await house.call(routes.addOperator, { body }, rewards);
    const list = (by = rewards) => house.call(listOperators, { query: { merchantId } }, by);
    const asMerchant = async (deviceId: string | null) => {
      // A number gets one code a minute.
      house.clock.advanceMs(60_000);
      const asked = { ...(await house.drawCode(phone)), phone, role: 'merchant' as const };
      const from = { ...anonymous, deviceId };
      return house.callForToken(routes.signInByCode, { body: asked }, from as Principal);
    };
    const [first, second] = [newId(), newId()];
    expect((await asMerchant(null)).status).toBe(409);
    const { token } = await asMerchant(first);
    expect(await house.lookUp(token)).toMatchObject({ role, merchantId });
    expect((await list()).items).toMatchObject([
      { personId, role, deviceBoundAt: expect.any(String) },
    ]);
    expect((await asMerchant(second)).status).toBe(409);
    const ref = { merchantId, personId, role };
    await expect(
      house.call(unbindOperator, { body: ref }, serviceAs('points')),
    ).rejects.toMatchObject({ slug: 'forbidden' });
    const key = newId();
    await house.call(unbindOperator, { body: ref }, rewards, key);
    await house.call(unbindOperator, { body: ref }, rewards, key);
    expect(await house.lookUp(token)).toMatchObject({ role: 'resident', merchantId: null });
    const again = await asMerchant(second);
    expect(await house.lookUp(again.token)).toMatchObject({ role, merchantId });
    await house.call(removeOperator, { body: ref }, rewards);
    expect(await house.lookUp(again.token)).toMatchObject({ role: 'resident', merchantId: null });
    expect((await list()).items).toEqual([]);
    await expect(list(serviceAs('points'))).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('who own one shop and serve in another act as the clerk on the phone of their first sign-in', async () => {
    const [phone, own, other] = [newPhone(), newId(), newId()];
    const rewards = serviceAs('rewards');
    const add = (merchantId: string, role: 'merchant-owner' | 'merchant-clerk') =>
      house.call(routes.addOperator, { body: { phone, name: '斯琴', merchantId, role } }, rewards);
    await add(own, 'merchant-owner');
    await add(other, 'merchant-clerk');
    const rolesOn = async (deviceId: string) => {
      house.clock.advanceMs(60_000);
      const { principal } = await house.signInPhone(phone, { role: 'merchant' }, deviceId);
      expect(principal).toMatchObject({ role: 'merchant-owner', merchantId: own });
      return (await house.call(routes.readMe, {}, principal)).roles;
    };
    const [first, second] = [newId(), newId()];
    expect(await rolesOn(first)).toEqual(['merchant-owner', 'merchant-clerk', 'resident']);
    expect(await rolesOn(second)).toEqual(['merchant-owner', 'resident']);
  });

  it('become owners by the event of their admission, once, and not after they left', async () => {
    const { principal } = await house.signInPhone(newPhone());
    const personId = principal.kind === 'person' ? principal.personId : '';
    const merchantId = newId();
    const query = { merchantId };
    const owners = async () =>
      (await house.call(listOperators, { query }, serviceAs('rewards'))).items;
    const admit = (payload: object, eventId = newId()) =>
      house.deliver('identity', {
        ...{ eventId, eventName: merchantAdmitted.name, producer: 'rewards', payload },
        requestId: 'test-request',
      });
    const eventId = newId();
    await admit({ merchantId, personId: newId() });
    await admit({ merchantId, personId }, eventId);
    await admit({ merchantId, personId }, eventId);
    await admit({ merchantId, personId });
    await eventually(async () => (await owners()).length > 0);
    expect(await owners()).toMatchObject([{ personId, role: 'merchant-owner' }]);
  });
});

describe('what other services may know', () => {
  it('is a masked person, and the number for notices alone', async () => {
    const body = newResident();
    const { id } = await house.call(routes.registerPerson, { body }, officer);
    const masked = await house.call(routes.readPerson, { params: { id } }, serviceAs('points'));
    expect(masked.maskedPhone).toBe(`${body.phone?.slice(0, 3)}****${body.phone?.slice(-4)}`);
    const contact = await house.call(routes.readContact, { params: { id } }, serviceAs('notices'));
    expect(contact.phone).toBe(body.phone);
    await expect(
      house.call(routes.readContact, { params: { id } }, serviceAs('points')),
    ).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('is a whole name for volunteering alone, which prints it', async () => {
    const body = newResident();
    const { id } = await house.call(routes.registerPerson, { body }, officer);
    const read = (service: string) =>
      house.call(routes.readFullName, { params: { id } }, serviceAs(service));
    expect(await read('volunteering')).toEqual({ name: body.name });
    await expect(read('notices')).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('is a resident by their number for rewards alone, and nobody who does not live here', async () => {
    const resident = newResident();
    const { id } = await house.call(routes.registerPerson, { body: resident }, officer);
    const find = (phone: string, service = 'rewards') =>
      house.call(routes.lookUpPerson, { body: { phone } }, serviceAs(service));
    const seen = await find(resident.phone ?? '');
    expect(seen).toMatchObject({ id, areaPath: '/1506/150603/' });
    expect(seen.maskedPhone).toContain('****');
    await expect(find(resident.phone ?? '', 'points')).rejects.toMatchObject({ slug: 'forbidden' });
    const phone = newPhone();
    await expect(find(phone)).rejects.toMatchObject({ slug: 'not-found' });
    const operator = { phone, name: '图雅', merchantId: newId(), role: 'merchant-owner' as const };
    await house.call(routes.addOperator, { body: operator }, serviceAs('rewards'));
    await expect(find(phone)).rejects.toMatchObject({ slug: 'not-found' });
  });
});

describe('a session', () => {
  it('ends by signing out, and after thirty days', async () => {
    const { token, principal } = await house.signInPhone(newPhone());
    await house.call(routes.signOut, {}, principal);
    await house.call(routes.signOut, {}, principal);
    await expect(house.lookUp(token)).rejects.toMatchObject({ slug: 'not-found' });
    const late = await house.signInPhone(newPhone());
    house.clock.advanceMs(31 * 24 * 3_600_000);
    await expect(house.lookUp(late.token)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.lookUp('guess')).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('is a cookie that scripts and other sites cannot use', async () => {
    const phone = newPhone();
    const body = { ...(await house.drawCode(phone)), phone, areaCode: '150603' };
    const { cookie } = await house.callForToken(routes.signInByCode, { body });
    expect(cookie).toMatch(
      /^ddp_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
  });
});

describe('leaving', () => {
  it('shows everything that is kept, then erases it and every way in, once', async () => {
    const phone = newPhone();
    const { token, principal } = await house.signInPhone(phone);
    const exported = await house.call(routes.exportMe, {}, principal);
    expect(exported.person).toMatchObject({ phone, areaPath: '/1506/150603/' });
    expect(exported.consents).toMatchObject([{ kind: 'privacy' }]);
    const body = { confirm: 'ERASE' as const };
    const key = newId();
    await house.call(routes.eraseMe, { body }, principal, key);
    await house.call(routes.eraseMe, { body }, principal, key);
    await expect(house.call(routes.eraseMe, { body }, principal)).rejects.toMatchObject({
      slug: 'conflict',
    });
    await expect(house.lookUp(token)).rejects.toMatchObject({ slug: 'not-found' });
    const id = exported.person.id;
    await expect(
      house.call(routes.readPerson, { params: { id } }, serviceAs('points')),
    ).rejects.toMatchObject({ slug: 'not-found' });
    const { rows } = await sql`SELECT DISTINCT consumer FROM identity_outbox
      WHERE event_name = 'identity.person-erased'`.execute(db);
    expect(rows).toHaveLength(consumersOf('identity.person-erased').length);
    house.clock.advanceMs(61_000);
    const again = await house.signInPhone(phone);
    expect(again.principal).not.toMatchObject({ personId: id });
  });

  it('is for the person, not for officers acting as such', async () => {
    await expect(
      house.call(routes.eraseMe, { body: { confirm: 'ERASE' } }, officer),
    ).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

it('keeps its invariants through all of this', expectClean);

it('finds a resident by number for staff of the area alone, and writes down each look', async () => {
  const body = newResident();
  const { id } = await house.call(routes.registerPerson, { body }, officer);
  const far = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
  const find = (principal: Principal, phone = body.phone ?? '') =>
    house.call(findResident, { body: { phone } }, principal);
  const { phone = '' } = body;
  expect(await find(officer)).toMatchObject({ id, maskedName: '其*', areaPath: '/1506/150603/' });
  await expect(find(far)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(find(officer, newPhone())).rejects.toMatchObject({ slug: 'not-found' });
  await expect(find(personAs('auditor'))).rejects.toMatchObject({ slug: 'forbidden' });
  const looks = await sql<{ object_id: string; detail: string }>`
    SELECT object_id, detail FROM identity_audit WHERE action = 'find-resident'`.execute(db);
  expect(looks.rows.map((row) => row.object_id)).toEqual([id]);
  expect(JSON.stringify(looks.rows)).not.toContain(phone);
});
