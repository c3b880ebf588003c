import { operationsRoutes } from '@ddp/contracts/operations';
import type { Role } from '@ddp/contracts/permission';
import { serviceNames } from '@ddp/contracts/service-name';
import { openQueues, type Queues } from '@ddp/queue-kit/queues';
import { readTestEngines } from '@ddp/testing/config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  drawToken,
  type GatewayHouse,
  newSession,
  openGatewayHouse,
  withSession,
} from './gateway-house.ts';

let house: GatewayHouse;
let queues: Queues;
let administrator: { cookie: string };
beforeAll(async () => {
  house = await openGatewayHouse();
  queues = openQueues(readTestEngines().redisUrl, house.redisPrefix);
  administrator = signIn('administrator');
  await queues.redis
    .ping()
    .catch(() => new Promise((resolve) => queues.redis.once('ready', resolve)));
  await queues.queueOf('rewards').add('event', { redemptionId: 'no name' }, { jobId: 'obx-1' });
});
afterAll(async () => {
  await queues?.queueOf('rewards').obliterate({ force: true });
  await queues?.close();
  await house?.stop();
});

function signIn(role: Role) {
  const token = drawToken();
  house.sessions.set(token, { ...newSession(), role });
  return withSession(token);
}

const look = (path = '', headers = administrator) =>
  house.fetch(`/admin/queues${path}`, { headers });
const counts = async () => {
  const answer = await look('/api/queues?activeQueue=rewards&status=latest&page=1&jobsPerPage=10');
  const { queues: shown } = (await answer.json()) as {
    queues: {
      name: string;
      readOnlyMode: boolean;
      allowRetries: boolean;
      jobs: { id: string }[];
    }[];
  };
  return shown;
};

it('shows an administrator the queues of every service, and their jobs', async () => {
  const shown = await counts();
  expect(shown.map(({ name }) => name).sort()).toEqual([...serviceNames].sort());
  expect(shown.every((one) => one.readOnlyMode && !one.allowRetries)).toBe(true);
  expect(shown.find(({ name }) => name === 'rewards')?.jobs.map(({ id }) => id)).toEqual(['obx-1']);
});

it('is a page of this house alone, each part of which answers', async () => {
  for (const path of ['', '/queue/rewards']) {
    const answer = await look(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const page = await answer.text();
    expect(page).toContain('多多评');
    expect(page).not.toMatch(/https?:|="\/\//);
    // A browser runs none of these, and the rest come from files.
    expect(page.match(/<script(?![^>]*\bsrc=)[^>]*>/g)).toEqual([
      '<script id="__UI_CONFIG__" type="application/json">',
    ]);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(page).toContain('<base href="/admin/queues/"');
    const parts = [...page.matchAll(/(?:href|src)="(static[^"]*)"/g)].map(([, one = '']) => one);
    expect(parts.length).toBeGreaterThan(4);
    for (const part of parts) {
      expect((await look(`/${part}`)).status, part).toBe(200);
    }
  }
});

it('is for administrators alone, its files too', async () => {
  for (const path of ['', '/', '/api/queues', '/static/favicon.ico']) {
    expect((await house.fetch(`/admin/queues${path}`)).status, path).toBe(401);
    for (const role of ['city-officer', 'auditor', 'resident', 'merchant-owner'] as const) {
      expect((await look(path, signIn(role))).status, `${path} ${role}`).toBe(403);
    }
  }
});

it('changes nothing, whoever asks', async () => {
  const headers = { ...administrator, 'sec-fetch-site': 'same-origin' };
  const jobPath = '/api/queues/rewards/obx-1';
  for (const [method, path] of [
    ['PUT', `${jobPath}/retry`],
    ['PUT', `${jobPath}/clean`],
    ['PUT', '/api/queues/rewards/obliterate'],
    ['POST', '/api/queues/rewards/add'],
    ['PATCH', `${jobPath}/update-data`],
    ['PUT', '/api/queues/pause'],
  ] as const) {
    const answer = await house.fetch(`/admin/queues${path}`, { method, headers, body: '{}' });
    expect(answer.status, path).toBe(403);
  }
  expect(await queues.queueOf('rewards').getJobCounts('wait')).toMatchObject({ wait: 1 });
});

it('leaves replaying to the dead letters, which pass for an administrator', async () => {
  for (const service of serviceNames) {
    const { path } = operationsRoutes(service).listDeadLetters;
    const asked = (headers: object) =>
      house.fetch(`/api/${service}${path}`, { headers: { ...headers } });
    expect((await asked(administrator)).status, service).toBe(200);
    expect((await asked(signIn('city-officer'))).status, service).toBe(403);
  }
});
