import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey, deriveKeys, type NamedKey } from '@ddp/auth/keys';
import { openSealed, seal } from '@ddp/auth/seal';

/** A person's personal data as stored: nothing of it can be read without the person's own key. */
export interface SealedPerson {
  keyId: string | null;
  dataKey: Buffer | null;
  nameSealed: Buffer | null;
  phoneSealed: Buffer | null;
}

export interface PersonalData {
  name: string | null;
  phone: string | null;
}

function hmac(key: NamedKey, text: string): Buffer {
  return createHmac('sha256', key.secret).update(text).digest();
}

/** Text that tells whether an index key is the one that the stored indexes were made with. */
export function indexKeyCheck(masterKey: NamedKey): string {
  return createHmac('sha256', deriveKey(masterKey, 'identity:phone-index'))
    .update('check')
    .digest('hex');
}

/**
 * Everything done with keys. The first master key seals; every listed one opens. `indexKey` is the
 * master key that the phone index was begun with: it stays, since an index cannot be searched by
 * two keys without losing its uniqueness.
 */
export function createVault(masterKeys: readonly NamedKey[], indexKey: NamedKey) {
  const wrapping = deriveKeys(masterKeys, 'identity:pii');
  const codeKeys = deriveKeys(masterKeys, 'identity:code');
  const [wrappingKey] = wrapping;
  const [codeKey] = codeKeys;
  if (!wrappingKey || !codeKey) throw new Error('no master key');
  const phoneKey = { kid: indexKey.kid, secret: deriveKey(indexKey, 'identity:phone-index') };
  const digestKey = { kid: indexKey.kid, secret: deriveKey(indexKey, 'identity:digest') };

  function unwrap(personId: string, sealed: SealedPerson): Buffer | null {
    if (sealed.dataKey === null) return null;
    const key = wrapping.find((one) => one.kid === sealed.keyId);
    if (!key) throw new Error(`the master key ${sealed.keyId} is missing`);
    return openSealed(key.secret, sealed.dataKey, `${personId}:key`);
  }

  return {
    sealPerson(personId: string, { name, phone }: PersonalData): SealedPerson {
      const key = randomBytes(32);
      const field = (text: string | null, column: string) =>
        text === null ? null : seal(key, Buffer.from(text), `${personId}:${column}`);
      return {
        keyId: wrappingKey.kid,
        dataKey: seal(wrappingKey.secret, key, `${personId}:key`),
        nameSealed: field(name, 'name'),
        phoneSealed: field(phone, 'phone'),
      };
    },
    /** Both null once the person's key is destroyed. */
    openPerson(personId: string, sealed: SealedPerson): PersonalData {
      const key = unwrap(personId, sealed);
      const field = (value: Buffer | null, column: string) =>
        key === null || value === null
          ? null
          : openSealed(key, value, `${personId}:${column}`).toString();
      return { name: field(sealed.nameSealed, 'name'), phone: field(sealed.phoneSealed, 'phone') };
    },
    phoneLookup: (phone: string) => hmac(phoneKey, phone).toString('hex'),
    /** A digest that only the house can make, for requests and counters that hold personal data. */
    digest: (purpose: string, text: string) => hmac(digestKey, `${purpose}\n${text}`),
    hashCode: (requestId: string, code: string) => hmac(codeKey, `${requestId}\n${code}`),
    matchesCode: (hash: Buffer, requestId: string, code: string) =>
      codeKeys.some((key) => timingSafeEqual(hmac(key, `${requestId}\n${code}`), hash)),
  };
}

export type Vault = ReturnType<typeof createVault>;
