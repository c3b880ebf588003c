import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allRoutes } from './all-routes.ts';
import { subscriptions } from './subscriptions.ts';

interface Definition {
  type: string;
  catchall?: z.core.$ZodType;
  shape?: Record<string, z.core.$ZodType>;
  [child: string]: unknown;
}

const childKeys = ['innerType', 'element', 'in', 'out', 'left', 'right', 'valueType', 'options'];

/** Paths of the objects in a schema that would let an unknown field pass. */
function findLoose(schema: z.core.$ZodType, path = '$'): string[] {
  const definition = schema._zod.def as unknown as Definition;
  if (definition.type === 'object') {
    const isStrict = definition.catchall?._zod.def.type === 'never';
    const inside = Object.entries(definition.shape ?? {}).flatMap(([name, child]) =>
      findLoose(child, `${path}.${name}`),
    );
    return isStrict ? inside : [path, ...inside];
  }
  return childKeys
    .flatMap((key) => definition[key] ?? [])
    .flatMap((child) => findLoose(child as z.core.$ZodType, path));
}

describe('the walk over a schema', () => {
  it('finds a loose object however deep it lies', () => {
    const loose = z.object({ a: z.string() });
    const deep = z.strictObject({
      list: z.array(z.strictObject({ maybe: loose.optional() })),
      one: z.union([z.string(), loose.nullable()]),
      turned: z
        .string()
        .pipe(z.transform(() => ({ a: '' })))
        .pipe(loose),
      map: z.record(z.string(), loose),
    });
    expect(findLoose(deep)).toEqual(['$.list.maybe', '$.one', '$.turned', '$.map']);
    expect(findLoose(loose)).toEqual(['$']);
    expect(findLoose(z.looseObject({}))).toEqual(['$']);
    expect(findLoose(z.strictObject({ a: z.array(z.string()) }))).toEqual([]);
  });
});

describe('events', () => {
  it.each(subscriptions.map(([event]) => event))('$name refuses unknown fields', ({ payload }) => {
    expect(findLoose(payload)).toEqual([]);
    const refused = payload.safeParse({ stranger: 1 });
    expect(JSON.stringify(refused.error?.issues)).toContain('unrecognized_keys');
  });
});

describe('what a caller sends', () => {
  const parts = allRoutes.flatMap(({ service, name, params, query, body }) =>
    Object.entries({ params, query, body }).flatMap(([part, schema]) =>
      schema ? [{ route: `${service}.${name}`, part, schema }] : [],
    ),
  );

  it.each(parts)('$route refuses unknown fields in its $part', ({ schema }) => {
    expect(findLoose(schema)).toEqual([]);
  });

  it('was looked at in full', () => {
    expect(parts.length).toBeGreaterThan(allRoutes.length);
  });
});
