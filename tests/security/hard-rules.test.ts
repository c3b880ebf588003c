import { allRoutes } from '@ddp/contracts/all-routes';
import { newAwardSchema } from '@ddp/contracts/points/awards';
import { reversalReasons } from '@ddp/contracts/points/reversals';
import { ruleBases, ruleTermsSchema } from '@ddp/contracts/points/rule-schemas';
import { joiningSchema, leavingSchema, lineKinds } from '@ddp/contracts/points/schemas';
import { benefitKinds, newBenefitSchema } from '@ddp/contracts/rewards/benefits';
import { findForbiddenWord } from '@ddp/contracts/rewards/forbidden-benefit';
import type { RouteDefinition } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

interface Shape {
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
}

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { unrepresentable: 'any' }) as Shape;

/** Every object within a shape, as the names of its fields. */
function objectsIn(shape: Shape): string[][] {
  const own = shape.properties ? [Object.keys(shape.properties)] : [];
  const parts = [
    ...Object.values(shape.properties ?? {}),
    ...(shape.items ? [shape.items] : []),
    ...(shape.anyOf ?? []),
    ...(shape.oneOf ?? []),
  ];
  return [...own, ...parts.flatMap(objectsIn)];
}

const idOf = ({ service, name }: RouteDefinition) => `${service}.${name}`;
const answering = allRoutes.flatMap((route) =>
  route.response ? [{ route, objects: objectsIn(shapeOf(route.response)) }] : [],
);
/** What a person has, and nobody but a person: points alone are also those of a rule or a budget. */
const meters = ['standing', 'standingAfter', 'pointsAfter', 'lots', 'nextLevelAt'];
const has = (fields: readonly string[], names: readonly string[]) =>
  names.some((name) => fields.includes(name));

it('looks at every route that answers something', () => {
  expect(answering.length).toBeGreaterThan(60);
  const withMeters = answering.filter(({ objects }) => objects.some((one) => has(one, meters)));
  expect(withMeters.map(({ route }) => idOf(route))).toContain('points.read-my-balance');
});

describe('1 · points never gate or price a basic public service', () => {
  it('has no benefit of such a kind, and finds one under another name', () => {
    expect(benefitKinds).toEqual(['goods', 'service', 'discount', 'space', 'training']);
    for (const kind of ['school', 'medical', 'insurance', 'subsidy', 'permit', 'police', 'job']) {
      expect(newBenefitSchema.shape.kind.safeParse(kind).success, kind).toBe(false);
    }
    for (const title of [
      '优先入学一次',
      '医保报销加成',
      '低保优先',
      '派出所免排队',
      '公租房轮候',
    ]) {
      expect(findForbiddenWord(title), title).not.toBeNull();
    }
  });
});

describe('2 · no API hands a person’s points to another agency', () => {
  it('shows meters to their person and to the staff of their area alone', () => {
    const holders = answering.filter(
      ({ route, objects }) =>
        objects.some((one) => has(one, meters)) &&
        !['resident', 'points.read'].includes(route.permission),
    );
    expect(holders.map(({ route }) => idOf(route))).toEqual([]);
  });

  it('tells services of holds and of their own accounts, never of what somebody has', () => {
    const forServices = answering.filter(
      ({ route }) => route.service === 'points' && route.permission === 'service',
    );
    expect(forServices.length).toBeGreaterThan(5);
    for (const { route, objects } of forServices) {
      const fields = objects.flat();
      expect(has(fields, [...meters, 'points', 'personId', 'level']), idOf(route)).toBe(false);
    }
  });
});

describe('3 · no debt, no punishment, no forbidden input', () => {
  it('takes no award of nothing or less, and knows no rule that takes away', () => {
    const award = { personId: newId(), rule: 'good-deed', evidence: '拾金不昧' };
    for (const points of [0, -1, -50, 1.5]) {
      expect(newAwardSchema.safeParse({ ...award, points }).success, String(points)).toBe(false);
    }
    expect(newAwardSchema.safeParse({ ...award, points: 20 }).success).toBe(true);
    const amounts = ruleTermsSchema.pick({ leastPoints: true, mostPoints: true });
    expect(amounts.safeParse({ leastPoints: -5, mostPoints: 5 }).success).toBe(false);
    expect(amounts.safeParse({ leastPoints: 1, mostPoints: 5 }).success).toBe(true);
  });

  it('takes points back for a mistaken or false award alone', () => {
    expect(reversalReasons).toEqual(['mistaken', 'false-evidence']);
    const taking = lineKinds.filter((kind) => kind.startsWith('reversal'));
    expect(taking).toEqual(['reversal-notice', 'reversal-lifted', 'reversal']);
  });

  it('counts what is in the list of bases and nothing else', () => {
    for (const basis of ['petition', 'speech', 'religion', 'health', 'family-planning', 'age']) {
      expect((ruleBases as readonly string[]).includes(basis), basis).toBe(false);
      expect(ruleTermsSchema.pick({ basis: true }).safeParse({ basis }).success, basis).toBe(false);
    }
  });
});

describe('4 · joining and leaving are free', () => {
  it('asks for a consent to join and for one word to leave', () => {
    expect(Object.keys(joiningSchema.shape)).toEqual(['consentVersion']);
    expect(Object.keys(leavingSchema.shape)).toEqual(['confirm']);
  });
});

describe('5 · nobody is ranked, and nobody named without consent', () => {
  it('has no list of people with what they have, and no streak or rank anywhere', () => {
    for (const { route, objects } of answering) {
      for (const fields of objects) {
        const isRanking = has(fields, ['standing', 'points']) && has(fields, ['personId', 'name']);
        expect(isRanking, idOf(route)).toBe(false);
        expect(
          has(fields, ['rank', 'ranking', 'streak', 'score']) && route.service === 'points',
        ).toBe(false);
      }
    }
  });

  it('shows no person on the public board', () => {
    const open = answering.filter(
      ({ route }) => route.permission === 'public' && route.method === 'GET',
    );
    expect(open.length).toBeGreaterThan(3);
    for (const { route, objects } of open) {
      expect(has(objects.flat(), ['personId', 'authorId', 'nickname']), idOf(route)).toBe(false);
    }
  });
});

describe('7 · every line explains itself, and every deduction can be appealed', () => {
  it('says why and what to do against it in each line of a statement', () => {
    const statement = answering.find(({ route }) => idOf(route) === 'points.read-my-statement');
    const line = statement?.objects.find((fields) => fields.includes('why'));
    for (const field of ['rule', 'ruleVersion', 'evidence', 'decidedBy', 'at', 'appeal']) {
      expect(line).toContain(field);
    }
  });

  it('lets residents appeal, and somebody decide who holds another permission than giving notice', () => {
    const route = (name: string) => allRoutes.find((one) => one.name === name);
    expect(route('appeal-reversal')?.permission).toBe('resident');
    expect(route('notice-reversal')?.permission).not.toBe(route('decide-reversal')?.permission);
  });
});
