import { createHash } from 'node:crypto';
import { deriveKeys, type NamedKey } from '@ddp/auth/keys';
import { openSealed, seal } from '@ddp/auth/seal';

/** A paper as it is kept: it bears a whole name, so that nothing of it lies open in the database. */
export interface SealedPaper {
  keyId: string;
  sealed: Buffer;
  /** SHA-256 of `sealed` in hex. */
  sealedDigest: string;
}

/** SHA-256 of bytes in hex. */
export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A new paper is sealed under the first master key; each listed one opens what it sealed. */
export function createCertificateKeys(masterKeys: readonly NamedKey[]) {
  const keys = deriveKeys(masterKeys, 'volunteering:certificate');
  const [first] = keys;
  if (!first) throw new Error('no master key');
  return {
    sealPaper(certificateId: string, paper: Uint8Array): SealedPaper {
      const sealed = seal(first.secret, Buffer.from(paper), certificateId);
      return { keyId: first.kid, sealed, sealedDigest: digestOf(sealed) };
    },
    /** Throws when the key is not listed any more, or the paper is not the one that was sealed. */
    openPaper(certificateId: string, { keyId, sealed }: SealedPaper): Buffer {
      const key = keys.find((one) => one.kid === keyId);
      if (!key) throw new Error(`the master key ${keyId} is missing`);
      return openSealed(key.secret, sealed, certificateId);
    },
  };
}

export type CertificateKeys = ReturnType<typeof createCertificateKeys>;
