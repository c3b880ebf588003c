import {
  createKiosk,
  listKiosks,
  lookUpKiosk,
  revokeKiosk,
} from '@ddp/contracts/identity/kiosk-routes';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { createAuditor } from '@ddp/testing/auditing';
import { readTestEngines } from '@ddp/testing/config';
import { eventually } from '@ddp/testing/module-harness';
import { personAs, serviceAs } from '@ddp/testing/principals';
import { CompiledQuery, type Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IdentityDatabase } from '../src/database.ts';
import { identityInvariants } from '../src/store/audit.ts';
import { hashToken } from '../src/tokens.ts';
import { type House, openHouse } from './house.ts';

const dayMs = 86_400_000;
let house: House;
let db: Kysely<IdentityDatabase>;
const officer = personAs('banner-officer', { areaPaths: ['/1506/150603/'] });
const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
const body = { areaCode: '150603', label: '一楼大厅', days: 30 };

beforeAll(async () => {
  house = await openHouse();
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'identity',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  db = openDatabase<IdentityDatabase>({ url });
  // Officers are people whom identity knows.
  for (const { personId } of [officer, stranger]) await plantPerson(personId);
});
afterAll(async () => {
  await db?.destroy();
  await house?.stop();
});

async function rows(text: string, ...values: unknown[]) {
  return (await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values))).rows;
}

async function plantPerson(personId: string): Promise<void> {
  const id = Buffer.from(personId.replaceAll('-', ''), 'hex');
  await rows(
    'INSERT INTO identity_person (id, is_demo, created_at) VALUES (?, 0, UTC_TIMESTAMP(3))',
    id,
  );
}

const eventOf = (eventName: string, payload: object) => ({
  ...{ eventId: newId(), eventName, producer: 'directory', payload, requestId: 'test-request' },
});

const make = (by = officer, change: Partial<typeof body> = {}, key = newId()) =>
  house.call(createKiosk, { body: { ...body, ...change } }, by, key);
const lookUp = (token: string, by = serviceAs('gateway')) =>
  house.call(lookUpKiosk, { body: { token } }, by);
const revoke = (id: string, by = officer) => house.call(revokeKiosk, { params: { id } }, by);
const list = async (by = officer, query: object = {}) =>
  (await house.call(listKiosks, { query }, by)).items;

it('a token is told once, kept as its hash alone, and reads its area for its days', async () => {
  const key = newId();
  const { token, ...kiosk } = await make(officer, {}, key);
  expect(kiosk).toMatchObject({
    ...{ label: '一楼大厅', areaCode: '150603', areaPath: '/1506/150603/' },
    ...{ state: 'active', revokedAt: null, lastSeenAt: null },
  });
  expect(Date.parse(kiosk.expiresAt) - Date.parse(kiosk.createdAt)).toBe(30 * dayMs);
  expect(await make(officer, {}, key)).toEqual({ ...kiosk, token });
  const kept = JSON.stringify([
    ...(await rows('SELECT *, HEX(token_hash) AS hash FROM identity_kiosk')),
    ...(await rows('SELECT * FROM identity_idempotency')),
    ...(await rows('SELECT * FROM identity_audit')),
  ]);
  expect(kept).toContain(hashToken(token).toString('hex').toUpperCase());
  expect(kept).not.toContain(token);
  expect(JSON.stringify(await list())).not.toContain(token);
  expect(await lookUp(token)).toEqual({
    ...{ kioskId: kiosk.id, personId: officer.personId, programmeId: null },
    ...{ areaCode: '150603', areaPath: '/1506/150603/' },
  });
  const [seen] = await list();
  expect(seen?.lastSeenAt).not.toBeNull();
});

it('it is made and seen by officers over the area, and by nobody else', async () => {
  const kiosk = await make();
  await expect(make(stranger)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(make(officer, { areaCode: '999999' })).rejects.toMatchObject({
    slug: 'unknown-area',
  });
  await expect(
    make(personAs('grid-worker', { areaPaths: officer.areaPaths })),
  ).rejects.toMatchObject({ slug: 'forbidden' });
  await expect(revoke(kiosk.id, stranger)).rejects.toMatchObject({ slug: 'not-found' });
  expect(await list(stranger)).toEqual([]);
  await expect(lookUp(kiosk.token, officer)).rejects.toMatchObject({ slug: 'forbidden' });
  await expect(lookUp('k'.repeat(43))).rejects.toMatchObject({ slug: 'not-found' });
  for (const days of [0, 367]) {
    await expect(make(officer, { days })).rejects.toMatchObject({ slug: 'invalid-request' });
  }
});

it('revoked, it reads no more, at once; twice is as once, with one audit row', async () => {
  const { id, token } = await make();
  const ended = await revoke(id);
  expect(ended).toMatchObject({ id, state: 'revoked' });
  await expect(lookUp(token)).rejects.toMatchObject({ slug: 'not-found' });
  expect(await revoke(id)).toEqual(ended);
  const audited = await rows(
    'SELECT action, detail FROM identity_audit WHERE object_id = ? ORDER BY id',
    id,
  );
  expect(audited.map(({ action }) => action)).toEqual(['create-kiosk', 'revoke-kiosk']);
  expect((await list(officer, { state: 'revoked' })).map((one) => one.id)).toEqual([id]);
  expect((await list(officer, { state: 'active' })).map((one) => one.id)).not.toContain(id);
});

it('expired, it reads no more, and is listed as such', async () => {
  const { id, token } = await make(officer, { days: 1 });
  house.clock.advanceMs(dayMs - 60_000);
  expect((await lookUp(token)).kioskId).toBe(id);
  house.clock.advanceMs(60_001);
  await expect(lookUp(token)).rejects.toMatchObject({ slug: 'not-found' });
  expect((await list(officer, { state: 'expired' })).map((one) => one.id)).toEqual([id]);
});

it('it reads under the programme over its area, and goes along when the area moves', async () => {
  const { id, token } = await make();
  const programmeId = newId();
  house.programmes.set(programmeId, { areaCode: '1506', areaPath: '/1506/' });
  await house.deliver('identity', eventOf('directory.programme-changed', { programmeId }));
  await eventually(async () => (await lookUp(token)).programmeId === programmeId);
  const moved = { oldPath: '/1506/150603/', newPath: '/1506/150699/150603/' };
  const payload = { areaCode: '150603', round: 'first', ...moved };
  await house.deliver('identity', eventOf('directory.area-moved', payload));
  const there = personAs('banner-officer', { areaPaths: [moved.newPath] });
  await eventually(async () => (await list(there)).some((one) => one.id === id));
  expect((await lookUp(token)).areaPath).toBe(moved.newPath);
});

it.each([
  ['without an end', 'UPDATE identity_kiosk SET expires_at = created_at LIMIT 1'],
  ['by leave of nobody', 'UPDATE identity_kiosk SET person_id = REVERSE(person_id) LIMIT 1'],
])('the audit names one that reads %s', async (_what, fault) => {
  const invariant = identityInvariants.filter(({ name }) => name.includes('screen on a wall'));
  const { audit, auditWith } = createAuditor(db, invariant);
  expect(await audit()).toEqual([]);
  expect(await auditWith(fault)).toEqual(['identity:']);
});
