import { createHmac, randomBytes } from 'node:crypto';
import { deriveKeys, type NamedKey } from '@ddp/auth/keys';

/** What a place's row keeps: without the master key it makes no code. */
export interface PlaceSeal {
  keyId: string;
  salt: Buffer;
}

/**
 * Secrets of places follow from the master key and a random salt. A new place takes the first key;
 * each listed key opens the places that were sealed under it.
 */
export function createPlaceKeys(masterKeys: readonly NamedKey[]) {
  const keys = deriveKeys(masterKeys, 'codes:place');
  const [first] = keys;
  if (!first) throw new Error('no master key');
  return {
    newSeal: (): PlaceSeal => ({ keyId: first.kid, salt: randomBytes(16) }),
    /** Twelve hexadecimal digits that name a place inside its codes; no secret. */
    drawNumber: (): string => randomBytes(6).toString('hex'),
    /** Throws when the key of the seal is not listed any more. */
    secretOf(placeId: string, { keyId, salt }: PlaceSeal): Buffer {
      const key = keys.find((one) => one.kid === keyId);
      if (!key) throw new Error(`the master key ${keyId} is missing`);
      return createHmac('sha256', key.secret).update(placeId).update(salt).digest();
    },
  };
}

export type PlaceKeys = ReturnType<typeof createPlaceKeys>;
