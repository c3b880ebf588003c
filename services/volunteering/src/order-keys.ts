import { createHmac } from 'node:crypto';
import { deriveKeys, type NamedKey } from '@ddp/auth/keys';

const millionth = 1_000_000;

/**
 * Arrival codes follow from the master key, the order and its round, and are kept nowhere. The first
 * key makes what is shown; what another listed key makes is accepted while keys change.
 */
export function createOrderKeys(masterKeys: readonly NamedKey[]) {
  const keys = deriveKeys(masterKeys, 'volunteering:order');
  const codeOf = (secret: Buffer, orderId: string, round: number) => {
    const mac = createHmac('sha256', secret).update(`${orderId}.${round}`).digest();
    return String(mac.readUInt32BE(0) % millionth).padStart(6, '0');
  };
  const [first] = keys;
  if (!first) throw new Error('no master key');
  return {
    arrivalCode: (orderId: string, round: number): string => codeOf(first.secret, orderId, round),
    isArrivalCode: (code: string, orderId: string, round: number): boolean =>
      keys.some(({ secret }) => codeOf(secret, orderId, round) === code),
  };
}

export type OrderKeys = ReturnType<typeof createOrderKeys>;
