import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import {
  answerObjection,
  listEntries,
  listObjections,
  submitObjection,
} from '@ddp/contracts/notices/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { confirmAttendances } from '@ddp/contracts/volunteering/attendance-routes';
import {
  readCertificatePaper,
  readServiceCertificate,
  requestCertificate,
  revokeCertificate,
} from '@ddp/contracts/volunteering/certificate-routes';
import { correctHours } from '@ddp/contracts/volunteering/hour-routes';
import { signUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { listMyStars, setRecognitionRules } from '@ddp/contracts/volunteering/star-routes';
import { providePdftoppm } from '@ddp/infra/engines/poppler';
import { listen } from '@ddp/service-kit/http-server';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous } from '@ddp/testing/principals';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Browsers,
  findBrowser,
  findViolations,
  keepBrowsers,
  looks,
  phone,
} from '../pages/browser.ts';
import { openPng, prepareReaders, readSecond } from '../print/read-qr.ts';
import { openVolunteeringHouse, type VolunteeringHouse } from './volunteering-house.ts';

/** A Tuesday, ten in the morning in Asia/Shanghai. */
const morning = new Date('2026-11-10T02:00:00.000Z');
const begins = new Date(morning.getTime() + 3_600_000);
const at = (minutes: number) => new Date(begins.getTime() + minutes * 60_000).toISOString();
const refused = (slug: string) => ({ slug });
const folder = mkdtempSync(path.join(tmpdir(), 'ddp-certificate-'));

let house: VolunteeringHouse;
let server: Awaited<ReturnType<typeof listen>>;
let origin: string;
let volunteer: PersonPrincipal;
let neighbour: PersonPrincipal;

/** The tools that look at paper and pages, or why they are not there. */
const tools: { browsers: Browsers | null; pdftoppm: string | null; obstacle: string } = {
  ...{ browsers: null, pdftoppm: null, obstacle: '' },
};

beforeAll(async () => {
  house = await openVolunteeringHouse(morning);
  server = await listen((request) => house.gatewayFetch(request), { port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${server.port}`;
  const say = (line: string) => process.stderr.write(`· ${line}\n`);
  const found = await findBrowser();
  if ('program' in found) tools.browsers = keepBrowsers(found.program);
  else tools.obstacle = found.obstacle;
  tools.pdftoppm = await providePdftoppm(say).catch((error: unknown) => {
    tools.obstacle = `poppler could not be installed: ${String(error)}`;
    return null;
  });
  await prepareReaders();
}, 300_000);
afterAll(async () => {
  await tools.browsers?.close();
  rmSync(folder, { recursive: true, force: true });
  await server?.close(100);
  await house?.stop();
});

/** A shift of 130 minutes, left after a hundred: an officer sees on the cameras that it was 125. */
async function serve(): Promise<void> {
  const rules = { starHours: [2, 4, 6, 8, 10], issuer: '康巴什区志愿服务指导中心' };
  const body = { ...rules, contact: '0477-8588123' };
  await house.call(setRecognitionRules, { body }, house.manager);
  const place = { areaCode: '150603', name: '车站', opensAt: at(-60), minutesOpen: 420 };
  const { id: placeCodeId } = await house.call(openPlaceCode, { body: place }, house.officer);
  const leader = await house.newVolunteer('队长');
  volunteer = await house.newVolunteer('乌兰图雅');
  neighbour = await house.newVolunteer('邻居');
  const { shiftId } = await house.openShift(leader, begins, 130, placeCodeId);
  const { id } = await house.call(signUp, { body: { shiftId } }, volunteer);
  house.advance(60);
  await house.scan(leader, shiftId, 'in', volunteer);
  house.advance(100);
  await house.scan(leader, shiftId, 'out', volunteer);
  await house.call(confirmAttendances, { body: { signUpIds: [id] } }, leader);
  const right = { params: { id }, body: { minutes: 125, reason: '核对监控' } };
  await house.call(correctHours, right, house.officer);
}

const myStar = async () => (await house.call(listMyStars, {}, volunteer)).items[0];

describe('a volunteer', () => {
  it('J3: rises by verified hours once the board has told of it, and somebody else has answered', async () => {
    await serve();
    const star = await eventually(async () => {
      const one = await myStar();
      return one?.state === 'published' && one;
    });
    const { items } = await house.call(listEntries, {}, anonymous);
    const entry = items.find(({ id }) => id === star.id);
    expect(entry).toMatchObject({ title: '星级公示：一星级志愿者', namedAs: null });
    expect([entry?.fromOn, entry?.toOn]).toEqual(['2026-11-10', '2026-11-17']);
    expect(JSON.stringify(entry)).not.toContain('乌兰');
    const objection = { params: { id: star.id }, body: { text: '当天没有看到人' } };
    await house.call(submitObjection, objection, neighbour);
    await eventually(async () => (await myStar())?.state === 'objected');
    house.advance(9 * 24 * 60);
    const [asked] = (
      await house.call(listObjections, { params: { id: star.id } }, house.otherOfficer)
    ).items;
    const answer = { verdict: 'rejected' as const, answer: '监控显示本人在场' };
    const answering = { params: { id: asked?.id ?? '' }, body: answer };
    const own = house.call(answerObjection, answering, house.officer);
    await expect(own).rejects.toMatchObject(refused('own-entry'));
    expect((await house.call(listMyStars, {}, volunteer)).level).toBe(0);
    await house.call(answerObjection, answering, house.otherOfficer);
    await eventually(async () => (await house.call(listMyStars, {}, volunteer)).level === 1);
    await eventually(async () => (await house.audit()).length === 0);
    expect(await house.audit()).toEqual([]);
  }, 60_000);

  it('J3: has a certificate whose symbol anybody scans off the paper and checks', async ({
    skip,
  }) => {
    const { id, checkUrl, paper } = await certify();
    skip(tools.pdftoppm === null, tools.obstacle);
    const pixels = print(paper);
    expect(await readSecond(openPng(readFileSync(pixels)))).toEqual([checkUrl]);
    skip(tools.browsers === null, tools.obstacle);
    const shown = new URL(checkUrl).pathname;
    await tools.browsers?.withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${origin}${shown}`);
      expect(await page.locator('.state').textContent()).toBe('有效');
      await upload(page, paper);
      expect(await page.locator('.verdict').textContent()).toContain('文件与出具时完全一致');
      const bent = Buffer.from(paper);
      bent[bent.length - 40] = (bent[bent.length - 40] ?? 0) ^ 1;
      await upload(page, bent);
      expect(await page.locator('.state').textContent()).toContain('被改动过');
      const body = { reason: '时长有误' };
      await house.call(revokeCertificate, { params: { id }, body }, house.officer);
      await page.goto(`${origin}${shown}`);
      expect(await page.locator('.state').textContent()).toBe('已撤销');
    });
    await eventually(async () => (await house.audit()).length === 0);
  }, 120_000);
});

async function certify() {
  const body = { fromOn: '2026-11-01', untilOn: '2026-11-19' };
  const { id } = await house.call(requestCertificate, { body }, volunteer);
  const params = { id };
  const { checkUrl } = await eventually(async () => {
    const seen = await house.call(readServiceCertificate, { params }, volunteer);
    return seen.state === 'issued' && seen;
  });
  const paper = Buffer.from(await house.call(readCertificatePaper, { params }, volunteer));
  return { id, checkUrl: checkUrl ?? '', paper };
}

/** The first page as pixels at 150 dpi: where its picture lies. */
function print(paper: Buffer): string {
  const file = path.join(folder, 'paper.pdf');
  writeFileSync(file, paper);
  const picture = path.join(folder, 'paper');
  execFileSync(tools.pdftoppm ?? '', ['-r', '150', '-singlefile', '-png', file, picture]);
  return `${picture}.png`;
}

async function upload(page: Page, buffer: Buffer): Promise<void> {
  const file = { name: 'paper.pdf', mimeType: 'application/pdf', buffer };
  await page.getByLabel('证明的 PDF 文件').setInputFiles(file);
  await page.getByRole('button', { name: '比对' }).click();
  await page.waitForLoadState();
}

describe.each(looks)('the page that checks %s', (_name, look) => {
  it('breaks no rule of accessibility and needs no sideways scroll', async ({ skip }) => {
    skip(tools.browsers === null, tools.obstacle);
    const { checkUrl } = await certify();
    const paths = [new URL(checkUrl).pathname, '/c', '/c?number=7KX-29M-4QT'];
    await tools.browsers?.withPage(look, async (page) => {
      for (const one of paths) {
        await page.goto(`${origin}${one}`);
        expect(await findViolations(page)).toEqual([]);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width).toBeLessThanOrEqual(look.viewport.width);
      }
    });
  }, 60_000);
});

it('is used by keyboard alone, without a script', async ({ skip }) => {
  skip(tools.browsers === null, tools.obstacle);
  const { checkUrl } = await certify();
  await tools.browsers?.withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${origin}/c`);
    await page.keyboard.press('Tab');
    await page.keyboard.type(checkUrl);
    await page.keyboard.press('Enter');
    await page.waitForURL(/number=/);
    expect(await page.locator('.state').textContent()).toBe('有效');
  });
}, 60_000);
