import { decidePermission } from '@ddp/auth/permission-table';
import { principalHeader } from '@ddp/auth/principal-token';
import { codesModule } from '@ddp/codes/module';
import { allRoutes } from '@ddp/contracts/all-routes';
import type { Principal } from '@ddp/contracts/principal';
import type { ProblemDocument } from '@ddp/contracts/problem';
import { needsKey, type RouteDefinition } from '@ddp/contracts/route';
import type { ServiceName } from '@ddp/contracts/service-name';
import { newId } from '@ddp/db-kit/ids';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { ratingsModule } from '@ddp/ratings/module';
import { rewardsModule } from '@ddp/rewards/module';
import { createHarness, type Harness, signPrincipal } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const modules = [
  identityModule,
  directoryModule,
  codesModule,
  ratingsModule,
  pointsModule,
  rewardsModule,
  noticesModule,
];
const routes = allRoutes;

const callers: Record<string, Principal> = {
  anonymous,
  resident: personAs('resident', { areaPaths: ['/1506/150603/'] }),
  'other resident': personAs('resident', { areaPaths: ['/1506/150602/'] }),
  'clerk of a merchant': personAs('merchant-clerk', { merchantId: newId() }),
  'staff of another area': personAs('community-officer', { areaPaths: ['/1501/'] }),
  auditor: personAs('auditor'),
  service: serviceAs('rewards'),
};

let house: Harness;
beforeAll(async () => {
  house = await createHarness({
    modules: [...modules, gatewayModule],
    environment: {
      SMS_PROVIDER: 'fake',
      SMS_URL: 'http://127.0.0.1:9',
      SMS_KEY: 'walk-the-routes',
    },
  });
});
afterAll(() => house?.stop());

function pathOf(route: RouteDefinition): string {
  return route.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
    name === 'code' ? '1506' : newId(),
  );
}

async function send(route: RouteDefinition, principal: Principal, init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  headers.set(principalHeader, signPrincipal(route.service, principal));
  if (needsKey(route) && !headers.has('idempotency-key')) headers.set('idempotency-key', newId());
  if (route.body && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const url = `http://${route.service}.test${pathOf(route)}`;
  const body = init.body ?? (route.body ? '{}' : undefined);
  const request = new Request(url, { method: route.method, headers, ...(body ? { body } : {}) });
  return house.fetchOf(route.service as ServiceName)(request);
}

describe.each(
  routes.map((route) => [`${route.service} ${route.method} ${route.path}`, route] as const),
)('%s', (_name, route) => {
  it('lets in who holds its permission and nobody else', async () => {
    for (const [name, principal] of Object.entries(callers)) {
      const answer = await send(route, principal);
      const verdict = decidePermission(route.permission, principal);
      const seen = `${name}: ${answer.status}`;
      if (verdict === 'not-signed-in') expect(seen).toBe(`${name}: 401`);
      else if (verdict === 'forbidden') expect(seen).toBe(`${name}: 403`);
      else expect(answer.status, seen).toBeLessThan(500);
      await answer.body?.cancel();
    }
  });
});

const allowed = (route: RouteDefinition): Principal =>
  Object.values({
    ...callers,
    administrator: personAs('administrator', { areaPaths: ['/'] }),
  }).find((principal) => decidePermission(route.permission, principal) === 'allowed') ?? anonymous;

const corpus: [string, string | Uint8Array<ArrayBuffer>][] = [
  ['broken JSON', '{"a":'],
  ['an array for the body', '[1,2]'],
  ['a text for the body', '"body"'],
  ['null', 'null'],
  ['an unknown field', '{"isAdmin":true}'],
  ['a prototype', '{"__proto__":{"role":"administrator"}}'],
  ['NaN', '{"level":NaN}'],
  ['2^53+1 everywhere', '{"level":9007199254740993,"pricePoints":9007199254740993}'],
  ['full-width digits', '{"phone":"１３８００００００００","level":"５"}'],
  ['objects and arrays for scalars', '{"phone":{"a":1},"subjectId":[[1]],"level":{},"name":[]}'],
];

describe.each(
  routes
    .filter((route) => route.body !== undefined)
    .map((route) => [`${route.service} ${route.method} ${route.path}`, route] as const),
)('bad input to %s', (_name, route) => {
  it('gets a problem document that names the fault', async () => {
    for (const [what, body] of corpus) {
      const answer = await send(route, allowed(route), { body });
      const problem = (await answer.json()) as ProblemDocument;
      expect(`${what}: ${answer.status}`).toBe(`${what}: 400`);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(problem.type).toBe('urn:ddp:problem:invalid-request');
    }
  });

  it('is refused when it is ten megabytes, or not JSON', async () => {
    const large = await send(route, allowed(route), { body: `{"a":"${'x'.repeat(10_000_000)}"}` });
    expect(large.status).toBe(413);
    const form = await send(route, allowed(route), {
      body: 'a=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(form.status).toBe(415);
  });
});

it('passes no route at the gateway that is not declared for people', async () => {
  const fetch = (request: Request) => house.gatewayFetch(request);
  const open = (path: string) => fetch(new Request(`http://house.test${path}`));
  for (const route of routes.filter((one) => one.permission === 'service')) {
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
