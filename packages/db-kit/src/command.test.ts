import { describe, expect, it } from 'vitest';
import { canonicalJson, hashRequest } from './command.ts';
import { newId } from './ids.ts';

describe('canonicalJson', () => {
  it('makes equal text of equal values, whatever the order of their fields', () => {
    const one = { b: 1, a: { d: [1, { z: 1, y: 2 }], c: 'x' } };
    const other = { a: { c: 'x', d: [1, { y: 2, z: 1 }] }, b: 1 };
    expect(canonicalJson(one)).toBe('{"a":{"c":"x","d":[1,{"y":2,"z":1}]},"b":1}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it('keeps the order of lists, and what is absent stays absent', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  it('takes text, numbers, nothing and dates as JSON does', () => {
    expect(['中', 1.5, null, true].map((value) => canonicalJson(value))).toEqual([
      '"中"',
      '1.5',
      'null',
      'true',
    ]);
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});

describe('hashRequest', () => {
  const command = { actor: 'person:a', key: newId(), name: 'award', input: { amount: 1 } };
  const hash = hashRequest(command).toString('hex');

  it('depends on the operation and its input', () => {
    expect(hashRequest({ ...command, name: 'void' }).toString('hex')).not.toBe(hash);
    expect(hashRequest({ ...command, input: { amount: 2 } }).toString('hex')).not.toBe(hash);
  });

  it('does not depend on the actor or the key: those are found by, not compared', () => {
    const again = { ...command, actor: 'person:b', key: newId(), input: { amount: 1 } };
    expect(hashRequest(again).toString('hex')).toBe(hash);
    expect(hashRequest(command)).toHaveLength(32);
  });
});
