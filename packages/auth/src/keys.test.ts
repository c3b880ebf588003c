import { describe, expect, it } from 'vitest';
import { deriveKey, deriveKeys, parseMasterKeys } from './keys.ts';

const secret = (fill: number, bytes = 32) => Buffer.alloc(bytes, fill).toString('base64');

describe('parseMasterKeys', () => {
  it('reads several keys in their order, with spaces about them', () => {
    const keys = parseMasterKeys(`new:${secret(1)}, old:${secret(2, 48)}`);
    expect(keys.map(({ kid, secret }) => [kid, secret.length])).toEqual([
      ['new', 32],
      ['old', 48],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no id', secret(1)],
    ['an id with other characters', `New-1:${secret(1)}`],
    ['31 bytes', `k1:${secret(1, 31)}`],
    ['a comma too many', `k1:${secret(1)},`],
    ['one id twice', `k1:${secret(1)},k1:${secret(2)}`],
  ])('refuses %s', (_name, text) => {
    expect(() => parseMasterKeys(text)).toThrow(/master key/);
  });

  it('never repeats a secret in its refusal', () => {
    const text = `Bad:${secret(9)}`;
    expect(() => parseMasterKeys(text)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret(9)) }),
    );
  });
});

describe('a derived key', () => {
  const [key = { kid: '', secret: Buffer.alloc(0) }] = parseMasterKeys(`k1:${secret(1)}`);

  it('is the same for one purpose and another for every other', () => {
    const purposes = ['principal:points', 'principal:codes', 'session', 'voucher'];
    const derived = purposes.map((purpose) => deriveKey(key, purpose).toString('hex'));
    expect(new Set(derived).size).toBe(purposes.length);
    expect(deriveKey(key, 'session').toString('hex')).toBe(derived[2]);
    expect(deriveKey(key, 'session')).toHaveLength(32);
  });

  it('keeps the id of its master key', () => {
    const [derived] = deriveKeys([key], 'session');
    expect(derived).toEqual({ kid: 'k1', secret: deriveKey(key, 'session') });
  });
});
