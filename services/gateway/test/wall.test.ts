import type { Fetch } from '@ddp/contracts/call';
import type { ServiceName } from '@ddp/contracts/service-name';
import { type WallFigures, wallFiguresSchema } from '@ddp/contracts/wall/figures';
import { wallFeedPath, wallMapPath } from '@ddp/contracts/wall/paths';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawToken, type GatewayHouse, openGatewayHouse } from './gateway-house.ts';

/** Stands in whatever a service might tell beside what it is asked for. */
const planted = '萨仁高娃';
const areaCode = '150603';
const programmeId = crypto.randomUUID();
const kiosk = {
  ...{ personId: crypto.randomUUID(), programmeId },
  ...{ areaCode, areaPath: '/1506/150603/' },
};

const score = { count: 120, guestCount: 7, assistedCount: 2, mean: 4.61, margin: 0.12 };
const levels = [3, 6, 11, 40, 60];
const part = { areaCode: '150603001', areaName: '滨河街道', ...score, levels };
const fewPart = { ...part, areaCode: '150603002', count: 3 };
const volunteered = {
  ...{ people: 31, verifiedMinutes: 7_260, recordedMinutes: 60, services: 88, orders: 4 },
  ...{ teams: 5, activities: 9, shifts: 14 },
};
const area = { code: areaCode, name: '康巴什区', level: 'banner', parentCode: '1506' };
const child = { ...area, code: '150603001', name: '滨河街道', level: 'township' };
const paths = { areaPath: '/1506/150603/', state: 'open', mergedInto: null };

/** What the services answer by their contracts, and more than they should. */
const answers = (): Record<string, object> => ({
  [`directory /v1/areas/${areaCode}`]: { ...area, ...paths, leader: planted },
  'directory /v1/areas': { items: [{ ...child, ...paths, contact: planted }], nextCursor: null },
  [`directory /v1/areas/${areaCode}/coverage`]: {
    ...{ areaCode, certifiedWorkers: 12, bestWorker: planted },
    levels: [
      { level: 'banner', areas: 1, withStation: 1, withCertifiedWorker: 1 },
      { level: 'township', areas: 4, withStation: 3, withCertifiedWorker: 2 },
    ],
  },
  [`directory /v1/areas/${areaCode}/coverage-areas`]: {
    items: [{ ...child, ...paths, hasStation: true, certifiedWorkers: 7, head: planted }],
    nextCursor: null,
  },
  'ratings /v1/area-days': {
    ...{ areaCode, on: '2026-11-30', ratings: 37, openFollowUps: 9, overdueFollowUps: 3 },
    worst: planted,
  },
  'ratings /v1/area-reports': {
    ...{ areaCode, areaName: '康巴什区', month: '2026-11', ...score, levels, notice: planted },
    year: { ...score, levels, words: planted },
    trend: Array.from({ length: 12 }, (_none, at) => ({
      ...{ month: `2026-${String(at + 1).padStart(2, '0')}`, ...score, levels },
    })),
    parts: [part, fewPart],
    followUps: {
      ...{ opened: 12, closed: 8, closedOnTime: 7, overdue: 3, openAtEnd: 9 },
      outcomes: [{ outcome: 'fixed', count: 8 }],
    },
  },
  'points /v1/solvency': {
    ...{ outstandingPoints: 4_200, maturingPoints: 10, fundedPoints: 6_000, percent: 70 },
    ...{ brakeAtPercent: null, isBraked: false, richest: planted },
  },
  'rewards /v1/area-uses': { areaCode, on: '2026-11-30', today: 21, thisMonth: 310 },
  'volunteering /v1/statistics': {
    ...{ areaCode, areaName: '康巴什区', ...paths, period: '2026-11', ...volunteered },
    skills: [
      { skillId: crypto.randomUUID(), name: planted, people: 9, verifiedMinutes: 60, services: 9 },
    ],
    parts: [{ areaCode: '150603001', areaName: '滨河街道', ...volunteered }],
  },
});

let house: GatewayHouse;
let told: Record<string, object>;
/** Tokens that identity knows with their kiosks, and services that do not answer. */
const tokens = new Map<string, string>();
const silent = new Set<ServiceName>();
let isWithoutProgramme = false;
const asked: { service: string; path: string; principal: unknown }[] = [];

const problem = (status: number, slug = 'not-found') =>
  new Response(
    JSON.stringify({ type: `urn:ddp:problem:${slug}`, title: 'x', status, retryable: false }),
    { status, headers: { 'content-type': 'application/problem+json' } },
  );

const answerAs =
  (service: ServiceName): Fetch =>
  async (request) => {
    const { pathname } = new URL(request.url);
    if (silent.has(service)) return problem(503, 'busy');
    if (pathname === '/v1/kiosk-lookups') {
      const { token } = (await request.json()) as { token: string };
      const kioskId = tokens.get(token);
      return kioskId ? Response.json({ ...kiosk, kioskId }) : problem(404);
    }
    asked.push({ service, path: pathname, principal: readClaims(request) });
    if (isWithoutProgramme && service === 'points') return problem(409, 'conflict');
    const answer = told[`${service} ${pathname}`];
    return answer ? Response.json(answer) : problem(404);
  };

function readClaims(request: Request): unknown {
  const [, , claims = ''] = (request.headers.get('x-ddp-principal') ?? '').split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).principal;
}

beforeAll(async () => {
  const services = [
    'identity',
    'directory',
    'ratings',
    'points',
    'rewards',
    'volunteering',
  ] as const;
  house = await openGatewayHouse({
    environment: { GATEWAY_WALL_EVERY_MS: '50', GATEWAY_WALL_STREAMS: '10' },
    peers: Object.fromEntries(services.map((name) => [name, answerAs(name)])),
  });
});
afterAll(() => house?.stop());
beforeEach(() => {
  told = answers();
  silent.clear();
  isWithoutProgramme = false;
});

function newToken(): string {
  const token = drawToken();
  tokens.set(token, crypto.randomUUID());
  return token;
}

const open = (token: string, signal?: AbortSignal) =>
  house.fetch(wallFeedPath, {
    headers: { authorization: `Bearer ${token}` },
    ...(signal ? { signal } : {}),
  });

/** Reads a stream event by event. */
async function listen(token: string) {
  const stop = new AbortController();
  const answer = await open(token, stop.signal);
  if (!answer.body) throw new Error('no stream');
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(): Promise<{ event: string; data: string } | null> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const [event = '', data = ''] = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        return { event: event.replace('event: ', ''), data: data.replace('data: ', '') };
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += value;
    }
  }
  const figures = async (): Promise<WallFigures> => {
    const { data } = (await next()) ?? { data: 'null' };
    return wallFiguresSchema.parse(JSON.parse(data));
  };
  return { answer, next, figures, close: () => stop.abort() };
}

describe('the figures of a wall', () => {
  it('come at once, whole, and again as they change', async () => {
    const wall = await listen(newToken());
    expect(wall.answer.headers.get('content-type')).toBe('text/event-stream');
    expect(wall.answer.headers.get('cache-control')).toBe('no-store');
    const first = await wall.figures();
    expect(first).toMatchObject({
      areas: { area: { code: areaCode, name: '康巴什区', level: 'banner' } },
      today: { ratings: 37, openFollowUps: 9, overdueFollowUps: null },
      ratings: { year: { count: 120, mean: 4.61, levels: [null, 6, 11, 40, 60] } },
      coverage: { certifiedWorkers: 12, parts: [{ hasStation: true, workers: 7 }] },
      points: { outstanding: 4_200, funded: 6_000, percent: 70 },
      redemptions: { today: 21, thisMonth: 310 },
      volunteering: { people: 31, verifiedMinutes: 7_260, services: 88, teams: 5 },
    });
    told['ratings /v1/area-days'] = { ...told['ratings /v1/area-days'], ratings: 38 };
    await eventually(async () => (await wall.figures()).today?.ratings === 38);
    wall.close();
  });

  it('never name anybody, whatever a service tells, and hide one to four', async () => {
    const wall = await listen(newToken());
    const { data = '' } = (await wall.next()) ?? {};
    expect(data).not.toContain(planted);
    const { ratings } = wallFiguresSchema.parse(JSON.parse(data));
    expect(ratings?.parts.at(1)).toEqual({
      ...{ code: '150603002', count: null, mean: null, margin: null },
    });
    wall.close();
  });

  it('are read as an auditor of the area alone would, by nothing but reading', async () => {
    // Screens of one area share what is read: the ones before are forgotten at the next look.
    await eventually(async () => {
      asked.length = 0;
      await new Promise((resolve) => setTimeout(resolve, 150));
      return asked.length === 0 ? true : null;
    });
    const token = newToken();
    const wall = await listen(token);
    wall.close();
    expect(asked.length).toBeGreaterThan(8);
    for (const { principal } of asked) {
      expect(principal).toMatchObject({
        ...{ kind: 'person', role: 'auditor', areaPaths: ['/1506/150603/'], programmeId },
        ...{ personId: kiosk.personId, sessionId: tokens.get(token), merchantId: null },
      });
    }
  });

  it('keep what a service that is away told last, with its time, while the others go on', async () => {
    const wall = await listen(newToken());
    const before = await wall.figures();
    silent.add('ratings');
    told['rewards /v1/area-uses'] = { areaCode, on: '2026-11-30', today: 22, thisMonth: 311 };
    const after = await eventually(async () => {
      const now = await wall.figures();
      return now.redemptions?.today === 22 ? now : null;
    });
    expect(after.today?.ratings).toBe(37);
    expect(Date.parse(after.today?.at ?? '')).toBeLessThan(Date.parse(after.redemptions?.at ?? ''));
    expect(Date.parse(after.at)).toBeGreaterThan(Date.parse(before.at));
    silent.clear();
    const back = Date.now();
    await eventually(async () => Date.parse((await wall.figures()).today?.at ?? '') >= back);
    wall.close();
  });

  it('of an area without a programme have no points, and say so', async () => {
    isWithoutProgramme = true;
    const wall = await listen(newToken());
    await eventually(async () => (await wall.figures()).points === null);
    wall.close();
  });
});

describe('the token of a wall', () => {
  it('is wanted, in the header and nowhere else', async () => {
    const token = newToken();
    const query = await house.fetch(`${wallFeedPath}?token=${token}`);
    expect(query.status).toBe(401);
    expect((await open(drawToken())).status).toBe(401);
    expect((await open('short')).status).toBe(401);
    const map = await house.fetch(wallMapPath);
    expect(map.status).toBe(401);
    expect(await map.text()).toContain('大屏链接已失效');
  });

  it('that is revoked ends the stream, and opens no other', async () => {
    const token = newToken();
    const wall = await listen(token);
    const other = await listen(newToken());
    tokens.delete(token);
    const events: string[] = [];
    for (let one = await wall.next(); one !== null; one = await wall.next()) events.push(one.event);
    expect(events.at(-1)).toBe('end');
    expect((await open(token)).status).toBe(401);
    expect((await other.figures()).areas).not.toBeNull();
    other.close();
  });

  it('is believed while identity is away, for streams that are open', async () => {
    const token = newToken();
    const wall = await listen(token);
    await wall.figures();
    silent.add('identity');
    for (let count = 0; count < 3; count += 1) expect(await wall.figures()).toBeTruthy();
    expect((await open(newToken())).status).toBe(503);
    wall.close();
  });

  it('opens eight screens and no ninth; a screen that leaves makes room', async () => {
    const token = newToken();
    const walls = [];
    for (let count = 0; count < 8; count += 1) walls.push(await listen(token));
    const refused = await open(token);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const others = [];
    for (let count = 0; count < 2; count += 1) others.push(await listen(newToken()));
    expect((await open(newToken())).status).toBe(503);
    for (const wall of [...walls, ...others]) wall.close();
    await eventually(async () => {
      const stop = new AbortController();
      const { status } = await open(token, stop.signal);
      stop.abort();
      return status === 200;
    });
  });
});

it('the map of the area is told to its screens, and 404 where there is none', async () => {
  const headers = { authorization: `Bearer ${newToken()}` };
  expect((await house.fetch(wallMapPath, { headers })).status).toBe(404);
  const map = { type: 'FeatureCollection', features: [] };
  const setAt = '2026-11-30T01:00:00.000Z';
  told[`directory /v1/areas/${areaCode}/map`] = { areaCode, setAt, map };
  const answer = await house.fetch(wallMapPath, { headers });
  expect(await answer.json()).toEqual(map);
});
