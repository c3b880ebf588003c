import { describe, expect, it } from 'vitest';
import { allRoutes } from './all-routes.ts';
import { permissions } from './permission.ts';
import { commonProblems } from './problem.ts';
import { needsKey } from './route.ts';
import { serviceNames } from './service-name.ts';

const routes = allRoutes.map((route) => ({ ...route, id: `${route.service}.${route.name}` }));

/** `/v1/holds/{id}/postings` as the router sees it: the name of a parameter tells nothing apart. */
const shapeOf = (path: string) => path.replace(/\{\w+\}/g, '{}');

function repeated(keys: string[]): string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

describe('the routes together', () => {
  it('have a name of their own in their service, and a method and path of their own', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(repeated(routes.map(({ id }) => id))).toEqual([]);
    expect(
      repeated(routes.map(({ service, method, path }) => `${service} ${method} ${shapeOf(path)}`)),
    ).toEqual([]);
  });

  it('come from every service', () => {
    expect(new Set(routes.map(({ service }) => service))).toEqual(new Set(serviceNames));
  });
});

describe.each(routes)('$id', (route) => {
  it('is named by verb and noun and lies under /v1/', () => {
    expect(route.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(route.path).toMatch(/^\/v1(\/([a-z]+(-[a-z]+)*(\.(pdf|png|svg|xlsx))?|\{\w+\}))+$/);
  });

  it('says what it does in both languages', () => {
    expect(route.summary.zh).toMatch(/\p{Script=Han}/u);
    expect(route.summary.en).toMatch(/^[A-Z][\p{ASCII}]+$/u);
    expect(route.summary.en).not.toMatch(/\p{Script=Han}/u);
  });

  it('declares its permission', () => {
    expect(permissions).toContain(route.permission);
  });

  it('has a schema for each parameter of its path and for no other', () => {
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(route.params?.shape ?? {}).sort()).toEqual(named.sort());
  });

  it('takes a body only where it may change something, and says what it changes', () => {
    const actsOnTheCaller = route.id === 'identity.sign-out';
    if (route.method === 'GET') expect(route.body).toBeUndefined();
    else expect((route.body ?? route.params) === undefined).toBe(actsOnTheCaller);
  });

  it('answers JSON, bytes or nothing, and nothing only by 204', () => {
    expect([route.response, route.mediaType].filter(Boolean).length).toBeLessThanOrEqual(1);
    const isSilent = route.response === undefined && route.mediaType === undefined;
    expect(route.status === 204).toBe(isSilent);
  });

  it('lists each of its problems once, in both languages, under one status', () => {
    const slugs = route.problems.map(({ slug }) => slug);
    expect(repeated(slugs)).toEqual([]);
    for (const { slug, status, title } of route.problems) {
      expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title.zh).toMatch(/\p{Script=Han}/u);
      expect(title.en).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('a key', () => {
  it('is wanted by every change that keeps a record, and by no read', () => {
    for (const route of routes) {
      expect(needsKey(route)).toBe(route.method !== 'GET' && route.isKeyless !== true);
      if (route.isKeyless) expect(route.method).not.toBe('GET');
    }
  });
});

describe('one slug', () => {
  it('is one problem: the same status and titles wherever it is listed', () => {
    const known = new Map<string, string>();
    const all = [...Object.values(commonProblems), ...routes.flatMap(({ problems }) => problems)];
    for (const problem of all) {
      const text = JSON.stringify(problem);
      expect(known.get(problem.slug) ?? text).toBe(text);
      known.set(problem.slug, text);
    }
  });
});
