import { principalHeader } from '@ddp/auth/principal-token';
import {
  checkPlaceCode,
  closePlaceCode,
  listPlaceCodes,
  openPlaceCode,
  readPlaceCode,
  readPlaceCodeSvg,
} from '@ddp/contracts/codes/place-code-routes';
import type { PlaceCode } from '@ddp/contracts/codes/place-codes';
import { newId } from '@ddp/db-kit/ids';
import { signPrincipal } from '@ddp/testing/module-harness';
import { personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesModule } from '../src/module.ts';
import { type CodesHouse, officer, openCodesHouse, stranger } from './house.ts';

const leader = personAs('volunteer-leader', { areaPaths: ['/1506/150603/'] });
const hourMs = 3_600_000;
const stepMs = 30_000;

let house: CodesHouse;
let place: PlaceCode;
beforeAll(async () => {
  house = await openCodesHouse();
});
afterAll(() => house?.stop());
beforeEach(async () => {
  place = await open(-hourMs, hourMs);
});

function open(fromMs: number, toMs: number, as = officer): Promise<PlaceCode> {
  const opensAt = new Date(house.clock.now().getTime() + fromMs).toISOString();
  const window = { opensAt, minutesOpen: Math.round((toMs - fromMs) / 60_000) };
  const body = { areaCode: '150603', name: '广场清洁', ...window };
  return house.call(openPlaceCode, { body }, as);
}
const show = (id: string, as = leader) => house.call(readPlaceCode, { params: { id } }, as);
const codeOf = async (id: string) => (await show(id)).code ?? '';
const check = (code: string, personId = newId(), key = newId()) =>
  house.call(checkPlaceCode, { body: { code, personId } }, serviceAs('ratings'), key);

describe('the code on the screen', () => {
  it('changes with the server’s time and is shown to leaders and staff of the area', async () => {
    const first = await show(place.id);
    expect(first.code).toMatch(/^[0-9a-f]{28}$/);
    expect(first.url).toBe(`http://localhost:8080/p/${first.code}`);
    expect((await show(place.id, officer)).code).toBe(first.code);
    house.clock.advanceMs(stepMs);
    expect(await codeOf(place.id)).not.toBe(first.code);
    const svg = await house.call(readPlaceCodeSvg, { params: { id: place.id } }, leader);
    expect(Buffer.from(svg).toString()).toContain('<svg');
  });

  it('is that of the database’s time also where a process is ahead of it', async () => {
    const { clock } = house;
    const ahead = { ...clock, now: () => new Date(clock.now().getTime() + 40_000) };
    const other = await codesModule.create({ ...house.context, clock: ahead });
    const opensAt = clock.now().toISOString();
    const body = { areaCode: '150603', name: '广场', opensAt, minutesOpen: 60, stepSeconds: 15 };
    const { id } = await house.call(openPlaceCode, { body }, officer);
    const headers = { [principalHeader]: signPrincipal('codes', leader) };
    const before = await codeOf(id);
    const answer = await other.fetch(
      new Request(`http://codes.test/v1/place-codes/${id}`, { headers }),
    );
    const after = await codeOf(id);
    const { code } = (await answer.json()) as PlaceCode & { code: string };
    expect([before, after]).toContain(code);
    await other.stop();
  });

  it('is hidden from other areas and from residents', async () => {
    await expect(show(place.id, stranger)).rejects.toMatchObject({ document: { status: 404 } });
    await expect(show(place.id, personAs('resident'))).rejects.toMatchObject({
      document: { status: 403 },
    });
    expect((await house.call(listPlaceCodes, {}, stranger)).items).toEqual([]);
    expect((await house.call(listPlaceCodes, {}, leader)).items[0]?.id).toBe(place.id);
  });

  it('is not there outside the window, nor once the place is closed', async () => {
    const later = await open(hourMs, 2 * hourMs);
    expect(await show(later.id)).toMatchObject({ code: null, url: null });
    const closed = await house.call(closePlaceCode, { params: { id: place.id } }, officer);
    expect(closed.isClosed).toBe(true);
    expect((await show(place.id)).code).toBeNull();
    await expect(
      house.call(readPlaceCodeSvg, { params: { id: place.id } }, leader),
    ).rejects.toMatchObject({ slug: 'conflict' });
    await expect(
      house.call(closePlaceCode, { params: { id: place.id } }, officer),
    ).rejects.toMatchObject({ slug: 'conflict' });
  });

  it('is opened by staff of the area alone, for at least a minute', async () => {
    await expect(open(0, hourMs, stranger)).rejects.toMatchObject({ document: { status: 404 } });
    await expect(open(0, hourMs, leader)).rejects.toMatchObject({ document: { status: 403 } });
    await expect(open(hourMs, 0)).rejects.toMatchObject({
      document: { errors: [{ pointer: '/minutesOpen' }] },
    });
  });
});

describe('a code that is brought in', () => {
  it('is good for everyone while it is shown, and a step longer', async () => {
    const code = await codeOf(place.id);
    expect(await check(code)).toMatchObject({ placeCodeId: place.id, name: '广场清洁' });
    expect(await check(code)).toMatchObject({ areaPath: '/1506/150603/' });
    house.clock.advanceMs(stepMs);
    expect(await check(code)).toMatchObject({ placeCodeId: place.id });
  });

  it('is used once by one person, also under parallel requests', async () => {
    const code = await codeOf(place.id);
    const personId = newId();
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => check(code, personId)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(check(code, personId)).rejects.toMatchObject({ slug: 'place-code-used' });
  });

  it('answers a repeat of the same request with the first answer', async () => {
    const [code, personId, key] = [await codeOf(place.id), newId(), newId()];
    const first = await check(code, personId, key);
    expect(await check(code, personId, key)).toEqual(first);
  });

  it('is refused when it has expired', async () => {
    const code = await codeOf(place.id);
    house.clock.advanceMs(2 * stepMs);
    await expect(check(code)).rejects.toMatchObject({ slug: 'place-code-refused' });
  });

  it('is refused with the nonce of another place, and when nothing of it is right', async () => {
    const other = await open(-hourMs, hourMs);
    const [ours, theirs] = [await codeOf(place.id), await codeOf(other.id)];
    const mixed = ours.slice(0, 12) + theirs.slice(12);
    for (const code of [mixed, '0'.repeat(28), 'nonsense', '']) {
      await expect(check(code)).rejects.toMatchObject({ slug: 'place-code-refused' });
    }
  });

  it('is refused outside the window of its place', async () => {
    const short = await open(-hourMs, 2 * stepMs);
    house.clock.advanceMs(stepMs);
    const code = await codeOf(short.id);
    house.clock.advanceMs(stepMs);
    await expect(check(code)).rejects.toMatchObject({
      slug: expect.stringMatching(/^place-(not-open|code-refused)$/),
    });
    await house.call(closePlaceCode, { params: { id: place.id } }, officer);
    await expect(check(await codeOf(place.id))).rejects.toMatchObject({
      slug: 'place-code-refused',
    });
  });

  it('is verified for services alone', async () => {
    const body = { code: await codeOf(place.id), personId: newId() };
    for (const person of [officer, leader, personAs('resident')]) {
      await expect(house.call(checkPlaceCode, { body }, person)).rejects.toMatchObject({
        document: { status: 403 },
      });
    }
  });
});
