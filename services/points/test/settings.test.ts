import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { settingsSchema } from '@ddp/contracts/points/settings';
import { listSettings, readSettings, setSettings } from '@ddp/contracts/points/settings-routes';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const today = () => civilDateOf(house.clock.now());
const cityOfficer = () =>
  personAs('city-officer', { areaPaths: ['/1506/'], programmeId: house.programmeId });
const levels = [
  { zh: '新邻居', en: 'New', fromStanding: 0 },
  { zh: '好邻居', en: 'Good', fromStanding: 15 },
];
const set = (settings: object, fromOn: string = today(), officer = cityOfficer(), key = newId()) =>
  house.call(
    setSettings,
    { body: { fromOn, settings: settingsSchema.parse(settings) } },
    officer,
    key,
  );

describe('the settings of a programme', () => {
  it('are the product’s own until it sets them, and hold from their day on', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    expect(await house.call(readSettings, {}, resident)).toMatchObject({ version: 0 });
    await set({ levels }, addDays(today(), 1));
    expect((await house.balance(resident)).level.zh).toBe('初心');
    house.clock.advanceMs(86_400_000);
    expect(await house.balance(resident)).toMatchObject({
      level: { zh: '好邻居', en: 'Good' },
      nextLevelAt: null,
    });
    const seen = await house.call(readSettings, {}, resident);
    expect(seen).toMatchObject({ version: 1, setBy: null });
    await set({ lotLifeYears: 3 });
    const query = { limit: 1 };
    const page = await house.call(listSettings, { query }, house.officer);
    expect(page.items.map(({ version }) => version)).toEqual([2]);
    const next = { query: { limit: 1, cursor: page.nextCursor ?? '' } };
    const rest = await house.call(listSettings, next, house.officer);
    expect(rest.items.map(({ version }) => version)).toEqual([1]);
    expect(rest.nextCursor).toBeNull();
  });

  it('decide how long points live', async () => {
    await set({ lotLifeYears: 3 });
    const resident = await house.joined();
    await house.enrich(resident);
    const [lot] = (await house.balance(resident)).lots;
    expect(lot?.expiresOn).toBe(`${Number(today().slice(0, 4)) + 3}-12-31`);
  });

  it('are set by officers of a banner or the city, from today on, once for one key', async () => {
    await expect(set({}, today(), house.officer)).rejects.toMatchObject({
      document: { status: 403 },
    });
    const ofStreet = personAs('banner-officer', {
      areaPaths: ['/1506/150603/150603003/'],
      programmeId: house.programmeId,
    });
    await expect(set({}, today(), ofStreet)).rejects.toMatchObject({ document: { status: 404 } });
    await expect(set({}, addDays(today(), -1))).rejects.toMatchObject({ slug: 'day-in-past' });
    const officer = cityOfficer();
    const key = newId();
    const answers = await Promise.all([1, 2, 3].map(() => set({}, today(), officer, key)));
    expect(new Set(answers.map(({ version }) => version)).size).toBe(1);
    const audits = await house.sql(
      'SELECT 1 FROM points_audit WHERE action = ? AND object_id = ?',
      'set-settings',
      `${house.programmeId}/${answers[0]?.version}`,
    );
    expect(audits).toHaveLength(1);
  });

  it('cannot shorten the time for an appeal below fifteen days', () => {
    expect(settingsSchema.safeParse({ appealDays: 14 }).success).toBe(false);
  });
});
