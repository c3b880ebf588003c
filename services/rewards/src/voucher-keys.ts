import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { deriveKeys, type NamedKey } from '@ddp/auth/keys';

/** What a voucher's row keeps: without the master key it makes no code. */
export interface VoucherSeal {
  keyId: string;
  salt: Buffer;
}

/**
 * Secrets of vouchers follow from the master key and a random salt. A new voucher takes the first
 * key; each listed key opens the vouchers that were sealed under it.
 */
export function createVoucherKeys(masterKeys: readonly NamedKey[]) {
  const keys = deriveKeys(masterKeys, 'rewards:voucher');
  const [first] = keys;
  if (!first) throw new Error('no master key');
  /** Throws when the key of the seal is not listed any more. */
  function secretOf(named: string, { keyId, salt }: VoucherSeal): Buffer {
    const key = keys.find((one) => one.kid === keyId);
    if (!key) throw new Error(`the master key ${keyId} is missing`);
    return createHmac('sha256', key.secret).update(named).update(salt).digest();
  }
  return {
    newSeal: (): VoucherSeal => ({ keyId: first.kid, salt: randomBytes(16) }),
    /** Eight digits that name a voucher at the counter; an identifier, not a secret. */
    drawNumber: (): string => String(randomInt(100_000_000)).padStart(8, '0'),
    /** Of the latest paper of a voucher. */
    paperSecretOf: (voucherId: string, seal: VoucherSeal): Buffer =>
      secretOf(`paper:${voucherId}`, seal),
    secretOf,
  };
}

export type VoucherKeys = ReturnType<typeof createVoucherKeys>;
