import { decidePermission } from '@ddp/auth/permission-table';
import { allRoutes } from '@ddp/contracts/all-routes';
import type { Principal } from '@ddp/contracts/principal';
import type { ProblemDocument } from '@ddp/contracts/problem';
import type { RouteDefinition } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakSample, pathOf, sampleOf } from './samples.ts';
import { openSecurityHouse, type SecurityHouse } from './security-house.ts';

let house: SecurityHouse;
let before: Map<string, string>;
beforeAll(async () => {
  house = await openSecurityHouse();
  before = await house.checksums();
});
afterAll(() => house?.stop());
/** Whatever was refused has changed no row of any table. */
afterAll(async () => {
  expect(before.size).toBeGreaterThan(70);
  expect(await house.checksums()).toEqual(before);
});

const callers: Principal[] = [
  personAs('administrator', { areaPaths: ['/'] }),
  personAs('city-officer'),
  personAs('resident'),
  personAs('merchant-owner', { merchantId: newId() }),
  serviceAs('rewards'),
  anonymous,
];

function callerOf(route: RouteDefinition): Principal {
  const verdict = (one: Principal) => decidePermission(route.permission, one) === 'allowed';
  return callers.find(verdict) ?? anonymous;
}

const withBody = allRoutes
  .filter((route) => route.body !== undefined)
  .map((route) => [`${route.service} ${route.method} ${route.path}`, route] as const);

it('finds a sample that fits the body of every route', () => {
  for (const [name, route] of withBody) {
    const body = route.body?.safeParse(sampleOf(route.body));
    expect(body?.error?.issues ?? [], name).toEqual([]);
  }
  expect(withBody.length).toBeGreaterThan(25);
});

describe.each(withBody)('%s', (_name, route) => {
  it('names the field that is wrong in a problem document', async () => {
    const broken = route.body ? breakSample(route.body) : [];
    expect(broken.length).toBeGreaterThan(7);
    for (const { what, pointer, body } of broken) {
      const answer = await house.send(route, pathOf(route), callerOf(route), { body });
      const problem = (await answer.json()) as ProblemDocument;
      expect(`${what}: ${answer.status} ${problem.type}`).toBe(
        `${what}: 400 urn:ddp:problem:invalid-request`,
      );
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const pointers = problem.errors?.map((error) => error.pointer) ?? [];
      if (pointer !== '') {
        expect(
          pointers.some((one) => one.startsWith(pointer)),
          `${what}: ${pointers}`,
        ).toBe(true);
      }
    }
  });

  it('is refused when it is ten megabytes, or not JSON', async () => {
    const body = `{"a":"${'x'.repeat(10_000_000)}"}`;
    const large = await house.send(route, pathOf(route), callerOf(route), { body });
    expect(large.status).toBe(413);
    const form = await house.send(route, pathOf(route), callerOf(route), {
      body: 'a=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(form.status).toBe(415);
  });
});

// A report of a code that is none of ours is welcome, whatever stands in it.
const withPlace = allRoutes.filter(
  (route) => (route.params ?? route.query) && route.name !== 'report-code',
);

it('refuses wrong parameters and unknown ones in every address', async () => {
  for (const route of withPlace) {
    const caller = callerOf(route);
    if (route.params) {
      const path = route.path.replace(/\{\w+\}/g, '%00%27%20OR%201%3D1');
      const answer = await house.send(route, path, caller, { body: bodyOf(route) });
      // A malformed token of a code answers as an unknown one does.
      const expected = route.path.includes('{token}') ? 404 : 400;
      expect(`${route.name} ${answer.status}`).toBe(`${route.name} ${expected}`);
    }
    if (route.query) {
      for (const query of ['limit=0', 'limit=101', 'limit=１', 'cursor=%27', 'isAdmin=true']) {
        const answer = await house.send(route, `${pathOf(route)}?${query}`, caller);
        expect(`${route.name} ${query} ${answer.status}`).toBe(`${route.name} ${query} 400`);
      }
    }
  }
});

function bodyOf(route: RouteDefinition): string | null {
  return route.body ? JSON.stringify(sampleOf(route.body)) : null;
}
