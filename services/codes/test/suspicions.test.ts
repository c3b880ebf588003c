import { checkSuspicion, listSuspicions } from '@ddp/contracts/codes/report-routes';
import type { Suspicion } from '@ddp/contracts/codes/reports';
import * as routes from '@ddp/contracts/codes/routes';
import { newId } from '@ddp/db-kit/ids';
import { newToken } from '@ddp/qr/token';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CodesHouse,
  cityOfficer,
  officer,
  openCodesHouse,
  stranger,
  tokenOf,
} from './house.ts';

let house: CodesHouse;
beforeAll(async () => {
  house = await openCodesHouse();
});
afterAll(() => house?.stop());

async function report(token: string, reason: Suspicion['reason'] = 'pasted-over') {
  const words = `说明 ${newId()}`;
  await house.call(routes.reportCode, { params: { token }, body: { reason, words } }, anonymous);
  return words;
}
const list = (query: object, as = officer) => house.call(listSuspicions, { query }, as);
const find = async (words: string, query: object = {}, as = officer) =>
  (await list({ ...query, limit: 100 }, as)).items.find((one) => one.words === words);
const check = (
  id: string,
  outcome: 'genuine' | 'retired' | 'passed-on',
  as = officer,
  key = newId(),
) =>
  house.call(
    checkSuspicion,
    { params: { id }, body: { outcome, findings: '已到现场查看' } },
    as,
    key,
  );

async function reportOne() {
  const subject = await house.addSubject();
  const code = await house.issue(subject.id, '门口');
  const words = await report(tokenOf(code.url));
  const seen = await find(words);
  if (!seen) throw new Error('the report is not listed');
  return { code, report: seen };
}

describe('a report', () => {
  it('reaches the staff of the area with the code it is about, and no other staff', async () => {
    const { code, report: seen } = await reportOne();
    expect(seen).toMatchObject({ codeId: code.id, place: '门口', state: 'open', outcome: null });
    expect(await find(seen.words, {}, stranger)).toBeUndefined();
  });

  it('is filed under its code when that was retired before', async () => {
    const { code } = await reportOne();
    const closing = { params: { id: code.id }, body: { state: 'lost' as const } };
    await house.call(routes.closeCode, closing, officer);
    const words = await report(code.shortCode, 'asks-for-money');
    expect(await find(words, { reason: 'asks-for-money' })).toMatchObject({ codeId: code.id });
  });

  it('of a code that is none of ours reaches the city alone', async () => {
    const words = await report(newToken());
    expect(await find(words)).toBeUndefined();
    await expect(list({ isUnknown: 'true' })).rejects.toMatchObject({ document: { status: 403 } });
    const seen = await find(words, { isUnknown: 'true' }, cityOfficer);
    expect(seen).toMatchObject({ codeId: null, areaPath: null });
    const id = seen?.id ?? '';
    await expect(check(id, 'genuine', officer)).rejects.toMatchObject({
      document: { status: 404 },
    });
    await expect(check(id, 'retired', cityOfficer)).rejects.toMatchObject({ slug: 'conflict' });
    expect(await check(id, 'passed-on', cityOfficer)).toMatchObject({ state: 'checked' });
  });

  it('can be found by state, reason and area, page by page', async () => {
    const [first, second] = [await reportOne(), await reportOne()];
    await check(first.report.id, 'genuine');
    expect(await find(first.report.words, { state: 'checked' })).toBeDefined();
    expect(await find(first.report.words, { state: 'open' })).toBeUndefined();
    expect(await find(second.report.words, { state: 'open' })).toBeDefined();
    expect(await find(second.report.words, { reason: 'other' })).toBeUndefined();
    expect(await find(second.report.words, { areaPath: '/1506/150602/' })).toBeUndefined();
    expect(await find(second.report.words, { areaPath: '/1506/150603/' })).toBeDefined();
    const page = await list({ limit: 1 });
    expect(page.items).toHaveLength(1);
    const next = await list({ limit: 1, cursor: page.nextCursor ?? '' });
    expect(next.items[0]?.id).not.toBe(page.items[0]?.id);
  });
});

describe('a check', () => {
  it('says what was found, once, and a repeat changes nothing', async () => {
    const { report: seen } = await reportOne();
    const key = newId();
    const checked = await check(seen.id, 'genuine', officer, key);
    expect(checked).toMatchObject({ outcome: 'genuine', findings: '已到现场查看' });
    expect(await check(seen.id, 'genuine', officer, key)).toEqual(checked);
    await expect(check(seen.id, 'passed-on')).rejects.toMatchObject({ slug: 'conflict' });
  });

  it('retires the code in the same breath where it was false', async () => {
    const { code, report: seen } = await reportOne();
    expect(await house.scan(tokenOf(code.url))).toBeDefined();
    await check(seen.id, 'retired');
    await expect(house.scan(tokenOf(code.url))).rejects.toMatchObject({ slug: 'invalid-code' });
    const { state } = await house.call(routes.readCode, { params: { id: code.id } }, officer);
    expect(state).toBe('retired');
  });

  it('is refused to staff of another area and to who may only read', async () => {
    const { report: seen } = await reportOne();
    await expect(check(seen.id, 'genuine', stranger)).rejects.toMatchObject({
      document: { status: 404 },
    });
    for (const role of ['auditor', 'grid-worker', 'resident'] as const) {
      await expect(check(seen.id, 'genuine', personAs(role))).rejects.toMatchObject({
        document: { status: 403 },
      });
    }
    expect(await find(seen.words, { state: 'open' })).toBeDefined();
  });
});
