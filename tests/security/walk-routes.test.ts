import { decidePermission } from '@ddp/auth/permission-table';
import { allRoutes } from '@ddp/contracts/all-routes';
import type { Principal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf } from './samples.ts';
import { openSecurityHouse, type SecurityHouse } from './security-house.ts';

const callers: Record<string, Principal> = {
  anonymous,
  resident: personAs('resident', { areaPaths: ['/1506/150603/'] }),
  'other resident': personAs('resident', { areaPaths: ['/1506/150602/'] }),
  'clerk of a merchant': personAs('merchant-clerk', { merchantId: newId() }),
  'staff of another area': personAs('community-officer', { areaPaths: ['/1501/'] }),
  auditor: personAs('auditor'),
  service: serviceAs('rewards'),
};

/** What a caller with the right permission may still be told, and why. */
const refusals: Record<string, number> = {
  // The callers of this walk are persons that identity has never seen.
  'read-me': 401,
  'export-me': 401,
  // Only notices may know a phone number.
  'read-contact': 403,
  // Only volunteering may know a whole name.
  'read-full-name': 403,
};

let house: SecurityHouse;
beforeAll(async () => {
  house = await openSecurityHouse();
});
afterAll(() => house?.stop());

describe.each(
  allRoutes.map((route) => [`${route.service} ${route.method} ${route.path}`, route] as const),
)('%s', (_name, route) => {
  it('lets in who holds its permission and nobody else', async () => {
    for (const [name, principal] of Object.entries(callers)) {
      const answer = await house.send(route, pathOf(route), principal);
      const verdict = decidePermission(route.permission, principal);
      const seen = `${name}: ${answer.status}`;
      if (verdict === 'not-signed-in') expect(seen).toBe(`${name}: 401`);
      else if (verdict === 'forbidden') expect(seen).toBe(`${name}: 403`);
      else if (answer.status !== refusals[route.name]) {
        expect([401, 403, 500, 503, 504], seen).not.toContain(answer.status);
      }
      await answer.body?.cancel();
    }
  });
});

it('passes no route at the gateway that is not declared for people', async () => {
  const fetch = (request: Request) => house.gatewayFetch(request);
  const open = (path: string) => fetch(new Request(`http://house.test${path}`));
  for (const route of allRoutes.filter((one) => one.permission === 'service')) {
    const answer = await fetch(
      new Request(`http://house.test/api/${route.service}${pathOf(route)}`, {
        method: route.method,
      }),
    );
    expect(answer.status).toBe(404);
  }
  expect((await open('/api/identity/healthz')).status).toBe(404);
  expect((await open('/api/identity/metrics')).status).toBe(404);
  const document = (await (await open('/openapi.json')).json()) as { paths: object };
  expect(Object.keys(document.paths).length).toBeGreaterThan(40);
});

it('gives the public ledger to anybody at the gateway, as JSON lines', async () => {
  const url = 'http://house.test/api/points/v1/public-ledger?after=0&limit=1';
  const answer = await house.gatewayFetch(new Request(url));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  expect(await answer.text()).toBe('');
});
