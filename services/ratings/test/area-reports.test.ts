import { readAreaDay } from '@ddp/contracts/ratings/area-day-routes';
import {
  readAreaReport,
  readAreaReportPaper,
  readAreaReportWorkbook,
} from '@ddp/contracts/ratings/area-report-routes';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPartTallies, readTallies } from '../src/store/bins.ts';
import { banner, community, type FollowUpHouse, openFollowUpHouse } from './follow-up-house.ts';

const dayMs = 86_400_000;
let house: FollowUpHouse;
let codeToken = '';
beforeAll(async () => {
  house = await openFollowUpHouse(new Date('2026-10-12T09:00:00+08:00'));
  const { token, followUp } = await house.openFollowUp();
  codeToken = token;
  for (let count = 0; count < 6; count += 1) {
    await house.rate(token, personAs('resident'), { level: 5 });
  }
  const officer = house.officerOver(community);
  await house.accept(followUp.id, officer);
  await house.contact(followUp.id, officer);
  await house.resolve(followUp.id, officer, 'refused');
  await house.openFollowUp();
  house.clock.advanceMs(30 * dayMs);
});
afterAll(() => house?.stop());

const query = { areaCode: '150603003', month: '2026-10' };
const read = (by = house.officerOver(banner), asked = query) =>
  house.call(readAreaReport, { query: asked }, by);

describe('the report of an area and a month', () => {
  it('tells ratings in groups of five or more, and follow-ups as they went', async () => {
    const report = await eventually(async () => {
      const one = await read();
      return one.count > 0 && one.followUps.overdue > 0 ? one : null;
    });
    expect(report).toMatchObject({
      ...{ areaCode: '150603003', month: '2026-10', count: 7, levels: [1, 0, 0, 0, 6] },
      followUps: { opened: 2, closed: 1, closedOnTime: 1, overdue: 1, openAtEnd: 1 },
    });
    expect(report.mean).toBeGreaterThan(4);
    expect(report.trend.map(({ month }) => month)).toEqual([
      ...['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'],
      ...['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'],
    ]);
    expect(report.trend.at(-1)).toMatchObject({ count: 7, mean: report.mean });
    expect(report.trend[0]).toMatchObject({ count: 0, mean: null });
    expect(report.parts.map(({ areaName, count }) => [areaName, count])).toEqual([
      ['示范社区', 7],
      ['滨河社区', 0],
    ]);
    expect(report.notice).toContain('不得单独作为薪酬或解聘的依据');
    const closed = report.followUps.outcomes.filter(({ count }) => count > 0);
    expect(closed).toEqual([{ outcome: 'refused', count: 1 }]);
  });

  it('tells of each part what is told of it alone, also where parts hold parts', async () => {
    const period = { fromMonth: '2025-11', toMonth: '2026-10' };
    const of = (scope: string) => readTallies(house.db, { scope: [scope], ...period });
    for (const above of ['/', '/1506/', '/1506/150603/', '/1506/150603/150603003/']) {
      const parts = await readPartTallies(house.db, above, period);
      expect(parts.size).toBe(1);
      for (const [path, told] of parts) {
        expect(path.split('/')).toHaveLength(above.split('/').length + 1);
        expect(told).toEqual(await of(path));
        expect(told.tallies.length).toBeGreaterThan(0);
      }
    }
  });

  it('is for the officers of the area, and of the month before unless one is named', async () => {
    await expect(read(house.officerOver('/1506/150602/'))).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(read(personAs('resident'))).rejects.toMatchObject({ slug: 'forbidden' });
    const { month } = await house.call(
      readAreaReport,
      { query: { areaCode: query.areaCode } },
      house.officerOver(banner),
    );
    expect(month).toBe('2026-10');
    const wrong = { ...query, month: '2026-13' };
    await expect(read(house.officerOver(banner), wrong)).rejects.toMatchObject({
      slug: 'invalid-request',
    });
  });

  it('as a workbook says n, the interval and the rule of ratings on each sheet of scores', async () => {
    const officer = house.officerOver(banner);
    const bytes = await house.call(readAreaReportWorkbook, { query }, officer);
    const sheets = await readWorkbook(Buffer.from(bytes));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      '本月',
      '近十二个月',
      '各区域（近十二个月）',
      '办结情况',
    ]);
    for (const { data } of sheets.slice(0, 3)) {
      const [headings = [], ...rows] = data;
      expect(headings).toEqual(expect.arrayContaining(['实名评价', '平均分', '95% 区间 ±']));
      const notice = headings.indexOf('说明');
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row[notice]).toContain('不得单独作为薪酬或解聘的依据');
    }
    expect(sheets[0]?.data[1]).toEqual(expect.arrayContaining(['2026-10', 7]));
  });

  it('on paper is a PDF', async () => {
    const bytes = await house.call(readAreaReportPaper, { query }, house.officerOver(banner));
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  });
});

describe('an area today', () => {
  const today = (by = house.officerOver(banner)) =>
    house.call(readAreaDay, { query: { areaCode: '150603003' } }, by);
  const rateOnce = () => house.rate(codeToken, personAs('resident'), { level: 5 });

  it('counts what came today from five on, and what is open and overdue', async () => {
    const open = { openFollowUps: 1, overdueFollowUps: 1 };
    expect(await today()).toMatchObject({ ratings: 0, ...open });
    await rateOnce();
    expect(await today()).toMatchObject({ ratings: null, ...open });
    for (let count = 0; count < 4; count += 1) await rateOnce();
    expect(await today()).toMatchObject({ ratings: 5, ...open });
  });

  it('is for those who look after follow-ups of the area', async () => {
    await expect(today(house.officerOver('/1506/150602/'))).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(today(personAs('resident'))).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

describe('the page of an area', () => {
  const open = (code: string, language = 'zh-CN') =>
    house.fetchOf('ratings')(
      new Request(`http://ratings.test/a/${code}`, { headers: { 'accept-language': language } }),
    );

  it('shows anybody what is told, with the parts of the area and the rule of ratings', async () => {
    const page = await open('150603003');
    const html = await page.text();
    expect(page.status).toBe(200);
    for (const text of ['近十二个月', '示范社区', '/a/150603003001', '± ', '不得单独作为薪酬']) {
      expect(html).toContain(text);
    }
    expect(html).toContain('评价人数不足，暂不公布');
    expect(html).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await open('150603003', 'en')).text()).toContain('The last twelve months');
  });

  it('says so where there is no such area, and asks the directory for none that cannot be', async () => {
    expect((await open('999999')).status).toBe(404);
    expect((await open('%3Cscript%3E')).status).toBe(404);
  });
});
