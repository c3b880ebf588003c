import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName, maskPhone } from './domain/masking.ts';
import { createVault } from './vault.ts';

const oldKey = { kid: 'old', secret: randomBytes(32) };
const newKey = { kid: 'new', secret: randomBytes(32) };
const personId = '01900000-0000-7000-8000-000000000001';
const otherId = '01900000-0000-7000-8000-000000000002';
const data = { name: '其木格', phone: '13900010001' };

describe('personal data', () => {
  it('comes back as it was sealed, and not under another person, key or change', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (name, phone) => {
        const vault = createVault([oldKey], oldKey);
        const sealed = vault.sealPerson(personId, { name, phone });
        expect(vault.openPerson(personId, sealed)).toEqual({ name, phone });
        expect(() => vault.openPerson(otherId, sealed)).toThrow();
      }),
    );
    const sealed = createVault([oldKey], oldKey).sealPerson(personId, data);
    expect(() => createVault([newKey], oldKey).openPerson(personId, sealed)).toThrow('missing');
    const [first = 0] = sealed.nameSealed?.subarray(-1) ?? [];
    sealed.nameSealed?.writeUInt8(first ^ 1, sealed.nameSealed.length - 1);
    expect(() => createVault([oldKey], oldKey).openPerson(personId, sealed)).toThrow();
  });

  it('is opened by an old key while a new one seals, and found by the same index', () => {
    const before = createVault([oldKey], oldKey);
    const after = createVault([newKey, oldKey], oldKey);
    expect(after.openPerson(personId, before.sealPerson(personId, data))).toEqual(data);
    expect(after.sealPerson(personId, data).keyId).toBe('new');
    expect(after.phoneLookup(data.phone)).toBe(before.phoneLookup(data.phone));
  });

  it('is gone when the data key is', () => {
    const vault = createVault([oldKey], oldKey);
    const sealed = { ...vault.sealPerson(personId, data), dataKey: null };
    expect(vault.openPerson(personId, sealed)).toEqual({ name: null, phone: null });
  });
});

it('is shown masked', () => {
  expect([maskPhone('13812341234'), maskPhone(null)]).toEqual(['138****1234', null]);
  expect([maskName('张三丰'), maskName('𠮷田'), maskName(null)]).toEqual(['张*', '𠮷*', null]);
});
