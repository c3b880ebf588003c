import { civilDateOf } from '@ddp/calendar/civil-date';
import { listScanTotals, readScanCounts } from '@ddp/contracts/codes/report-routes';
import * as routes from '@ddp/contracts/codes/routes';
import type { Code } from '@ddp/contracts/codes/schemas';
import { eventually } from '@ddp/testing/module-harness';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codesModule } from '../src/module.ts';
import { type CodesHouse, officer, openCodesHouse, stranger, tokenOf } from './house.ts';

let house: CodesHouse;
beforeAll(async () => {
  house = await openCodesHouse();
});
afterAll(() => house?.stop());

const today = () => civilDateOf(house.clock.now());
const visit = (code: Code, isVisit: boolean) =>
  house.call(
    routes.resolveScan,
    { params: { token: tokenOf(code.url) }, query: { isVisit: String(isVisit) } },
    serviceAs('ratings'),
  );
const countsOf = (code: Code, as = officer) => {
  const query = { fromOn: today(), toOn: today() };
  return house.call(readScanCounts, { params: { id: code.id }, query }, as);
};

async function issueOne(): Promise<Code> {
  const subject = await house.addSubject();
  return house.issue(subject.id, '大厅');
}

it('counts each look of a person and nothing else, day by day', async () => {
  const code = await issueOne();
  for (let round = 0; round < 7; round += 1) await visit(code, true);
  await visit(code, false);
  await house.scan(tokenOf(code.url));
  const counts = await eventually(async () => {
    const seen = await countsOf(code);
    return seen.total >= 7 ? seen : null;
  });
  expect(counts).toEqual({ codeId: code.id, total: 7, days: [{ onDate: today(), scans: 7 }] });
});

it('adds up codes of the area over a period, for its own staff alone', async () => {
  const [first, second] = [await issueOne(), await issueOne()];
  for (const code of [first, second, second]) await visit(code, true);
  const query = { fromOn: today(), toOn: today(), limit: 100 };
  const totals = await eventually(async () => {
    const { items } = await house.call(listScanTotals, { query }, officer);
    const ours = items.filter(({ codeId }) => [first.id, second.id].includes(codeId));
    return ours.length === 2 ? ours : null;
  });
  expect(totals.map(({ codeId, scans }) => [codeId, scans])).toEqual([
    [second.id, 2],
    [first.id, 1],
  ]);
  expect((await house.call(listScanTotals, { query }, stranger)).items).toEqual([]);
  await expect(countsOf(first, stranger)).rejects.toMatchObject({ document: { status: 404 } });
});

it('writes what was counted before an orderly stop', async () => {
  const code = await issueOne();
  const other = await codesModule.create(house.context);
  const { principalHeader } = await import('@ddp/auth/principal-token');
  const { signPrincipal } = await import('@ddp/testing/module-harness');
  const url = `http://codes.test/v1/resolved-scans/${tokenOf(code.url)}?isVisit=true`;
  const headers = { [principalHeader]: signPrincipal('codes', serviceAs('ratings')) };
  expect((await other.fetch(new Request(url, { headers }))).status).toBe(200);
  await other.stop();
  expect((await countsOf(code)).total).toBe(1);
});

it('refuses a period that is backwards or longer than a year', async () => {
  const code = await issueOne();
  for (const [fromOn, toOn] of [
    ['2026-11-02', '2026-11-01'],
    ['2024-01-01', '2026-01-01'],
  ] as const) {
    const asked = { params: { id: code.id }, query: { fromOn, toOn } };
    await expect(house.call(readScanCounts, asked, officer)).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: 'toOn' }] },
    });
  }
});
