import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { deriveKeys, type NamedKey } from '@ddp/auth/keys';

/** What a volunteer's row keeps: without the master key it makes no code. */
export interface VolunteerSeal {
  keyId: string;
  salt: Buffer;
}

/**
 * Secrets of volunteers' own codes follow from the master key and a random salt. A new volunteer
 * takes the first key; each listed key opens the ones that were sealed under it.
 */
export function createVolunteerKeys(masterKeys: readonly NamedKey[]) {
  const keys = deriveKeys(masterKeys, 'volunteering:volunteer');
  const [first] = keys;
  if (!first) throw new Error('no master key');
  return {
    /** Decides what is drawn to be asked about; the same under one master key. */
    lotSecret: createHmac('sha256', first.secret).update('lot').digest(),
    newSeal: (): VolunteerSeal => ({ keyId: first.kid, salt: randomBytes(16) }),
    /** Eight digits that name a volunteer to a leader; an identifier, not a secret. */
    drawNumber: (): string => String(randomInt(100_000_000)).padStart(8, '0'),
    /** Throws when the key of the seal is not listed any more. */
    secretOf(number: string, { keyId, salt }: VolunteerSeal): Buffer {
      const key = keys.find((one) => one.kid === keyId);
      if (!key) throw new Error(`the master key ${keyId} is missing`);
      return createHmac('sha256', key.secret).update(number).update(salt).digest();
    },
  };
}

export type VolunteerKeys = ReturnType<typeof createVolunteerKeys>;
