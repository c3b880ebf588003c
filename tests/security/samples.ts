import type { RouteDefinition } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import * as z from 'zod';

interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  pattern?: string;
  format?: string;
}

/** Texts that fit the patterns of the contracts; a new pattern wants a line here. */
const textSamples = [
  newId(),
  '13812345678',
  '150603003001',
  '/1506/150603/',
  '123456',
  '12345678901234',
  '12345678',
  '2026-11-24',
  '2026-11',
  '2026-11-24T08:00:00.000Z',
  'redemption:1',
  'officer',
  'a-long-password',
  'k'.repeat(43),
  '调解楼道纠纷，双方签字',
];

/** What stands for a parameter of a path that is no id. */
const pathSamples: Record<string, string> = {
  code: '1506',
  rule: 'meeting',
  table: 'units',
  ref: 'A'.repeat(22),
  photoId: '0'.repeat(64),
};

/** The path of a route with a value that fits, of nothing there is, for each parameter. */
export function pathOf(route: RouteDefinition): string {
  return route.path.replace(/\{(\w+)\}/g, (_match, name: string) => pathSamples[name] ?? newId());
}

/** A body that fits the schema in every field. Throws where no sample fits. */
export function sampleOf(schema: z.ZodType): unknown {
  return fill(toSchema(schema), 'body');
}

function toSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
}

function fill(schema: Schema, at: string): unknown {
  const options = schema.anyOf ?? schema.oneOf;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  // An object's default is whole, where a sample of its parts might contradict itself.
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (options) return fill(options[0] ?? {}, at);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fill(one, name)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => fill(schema.items ?? {}, at));
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    default:
      return fillText(schema, at);
  }
}

function fillText(schema: Schema, at: string): string {
  const { minLength = 0, maxLength = 1_000, pattern } = schema;
  const form = pattern === undefined ? /^/ : new RegExp(pattern, 'u');
  const isLong = (text: string) => text.length >= minLength && text.length <= maxLength;
  const sample = textSamples.find((text) => form.test(text) && isLong(text));
  if (sample === undefined) throw new Error(`no sample fits ${at} (${pattern})`);
  return sample;
}

export interface BrokenBody {
  /** What is wrong, for the eye. */
  what: string;
  /** JSON pointer of the field at fault, or of one around it. */
  pointer: string;
  body: string;
}

const wrong: [string, unknown][] = [
  ['an object', { $gt: '' }],
  ['an array', [3, 4]],
  ['an array in an array', [[1]]],
  ['beyond exact integers', 2 ** 53 + 2],
  ['a fraction', 1.5],
  ['below zero', -1],
  ['full-width digits', '１３８００００００００'],
  ['a boolean', true],
  ['a control character', 'a\u0000b'],
  ['SQL', `' OR 1=1 -- `],
];

/** The sample with one field broken at a time, in every way that its schema does not allow. */
export function breakSample(schema: z.ZodType): BrokenBody[] {
  const sample = sampleOf(schema) as Record<string, unknown>;
  const broken: BrokenBody[] = [
    { what: 'an unknown field', pointer: '/isAdmin', body: json({ ...sample, isAdmin: true }) },
    { what: 'broken JSON', pointer: '', body: json(sample).slice(0, -1) },
    { what: 'NaN', pointer: '', body: '{"amount":NaN}' },
    { what: 'an array for the body', pointer: '', body: '[1,2]' },
    { what: 'a text for the body', pointer: '', body: '"body"' },
    { what: 'null for the body', pointer: '', body: 'null' },
    { what: 'a prototype', pointer: '', body: '{"__proto__":{"role":"administrator"}}' },
  ];
  for (const name of Object.keys(sample)) {
    const values = [...wrong, ['too long', 'x'.repeat(60_000)] as [string, unknown]];
    for (const [what, value] of values) {
      const body = { ...sample, [name]: value };
      if (schema.safeParse(body).success) continue;
      broken.push({ what: `${what} for ${name}`, pointer: `/${name}`, body: json(body) });
    }
  }
  return broken;
}

const json = (value: unknown): string => JSON.stringify(value);
