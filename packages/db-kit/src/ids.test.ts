import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { binaryToId, binaryToIdOrNull, deriveId, idToBinary, newId } from './ids.ts';

describe('ids', () => {
  it('go to 16 bytes and back unchanged, in lower case', () => {
    const id = newId();
    expect(idToBinary(id)).toHaveLength(16);
    expect(binaryToId(idToBinary(id))).toBe(id);
    expect(binaryToId(idToBinary(id.toUpperCase()))).toBe(id);
    expect(binaryToIdOrNull(null)).toBeNull();
    expect(binaryToIdOrNull(idToBinary(id))).toBe(id);
  });

  it('refuse what is no UUID', () => {
    for (const text of ['', 'x', '0198-', `${newId()}0`, "' OR 1=1 --"]) {
      expect(() => idToBinary(text)).toThrow(TypeError);
    }
  });

  it('of later calls sort after those of earlier ones', () => {
    const ids = Array.from({ length: 200 }, () => newId());
    expect(new Set(ids).size).toBe(200);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => version(id) === 7)).toBe(true);
  });
});

describe('deriveId', () => {
  it('makes the same id of the same parts, on every machine and in every release', () => {
    expect(deriveId('redemption', 'a', 'hold')).toBe(deriveId('redemption', 'a', 'hold'));
    expect(deriveId('redemption', 'a', 'hold')).toBe('46cce4e5-a24b-8555-9f75-458c3aef8a44');
  });

  it('makes valid UUIDs of version 8', () => {
    for (let n = 0; n < 200; n += 1) {
      const id = deriveId('step', String(n));
      expect(validate(id)).toBe(true);
      expect(version(id)).toBe(8);
    }
  });

  it('tells parts from one another by more than their text run together', () => {
    const ids = [
      deriveId('ab', 'c'),
      deriveId('a', 'bc'),
      deriveId('abc'),
      deriveId('a', 'b', 'c'),
      deriveId('c', 'b', 'a'),
      deriveId('a","b', 'c'),
      deriveId(),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
