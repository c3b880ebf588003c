import { ruleBases } from '@ddp/contracts/points/rule-schemas';
import { expect, it } from 'vitest';
import { catalogues } from './catalogue.ts';

it('knows every rule and the same words in both languages', () => {
  const { zh, en } = catalogues;
  for (const part of ['why', 'rules', 'deciders'] as const) {
    expect(Object.keys(en[part]).sort()).toEqual(Object.keys(zh[part]).sort());
  }
  expect(Object.keys(zh.rules).sort()).toEqual([...ruleBases].sort());
});
