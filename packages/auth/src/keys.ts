import { hkdfSync } from 'node:crypto';

/** A named key, so that an older one keeps working while a new one takes over. */
export interface NamedKey {
  kid: string;
  secret: Buffer;
}

/**
 * Reads `kid:base64,kid:base64`; the first signs, all verify. Each secret has at least 32 bytes.
 */
export function parseMasterKeys(text: string): NamedKey[] {
  const keys = text.split(',').map((part) => {
    const [kid = '', encoded = ''] = part.trim().split(':');
    const secret = Buffer.from(encoded, 'base64');
    if (!/^[a-z0-9]{1,16}$/.test(kid) || secret.length < 32) {
      throw new Error('a master key must read kid:base64 with at least 32 bytes');
    }
    return { kid, secret };
  });
  if (new Set(keys.map((key) => key.kid)).size !== keys.length) {
    throw new Error('two master keys have the same id');
  }
  return keys;
}

/** The key for one purpose (RFC 5869), so that no two uses share a secret. */
export function deriveKey(key: NamedKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key.secret, 'duoduoping', purpose, 32));
}

export function deriveKeys(keys: readonly NamedKey[], purpose: string): NamedKey[] {
  return keys.map((key) => ({ kid: key.kid, secret: deriveKey(key, purpose) }));
}
