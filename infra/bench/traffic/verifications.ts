import { createHash, createHmac, randomUUID } from 'node:crypto';
import { deriveKeys, parseMasterKeys } from '@ddp/auth/keys';
import { createSigner, personAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';
import { type LoadedShop, voucherIdOf } from '../prepare/load-vouchers.ts';

export interface VerificationsConfig {
  masterKey: string;
  areaPath: string;
  shops: LoadedShop[];
  clerksOfShop: number;
  /** When the first load began: each takes the vouchers that no load before it can have come to. */
  startedAtMs: number;
  mostPerMs: number;
}

/** Each request verifies another voucher by its code of this moment, by a clerk of its merchant. */
export function createTraffic(config: VerificationsConfig): () => LoadRequest {
  const { masterKey, areaPath, shops, clerksOfShop } = config;
  const sign = createSigner(masterKey, 'rewards');
  const [key] = deriveKeys(parseMasterKeys(masterKey), 'rewards:voucher');
  if (!key) throw new Error('no master key');
  const clerks = shops.map(({ merchantId }) =>
    Array.from({ length: clerksOfShop }, () => ({
      ...personAs('merchant-clerk', { areaPath }),
      merchantId,
    })),
  );
  let index = Math.floor((Date.now() - config.startedAtMs) * config.mostPerMs);
  return () => {
    index += 1;
    const ofShop = clerks[index % shops.length] ?? [];
    const clerk = ofShop[Math.floor(index / shops.length) % clerksOfShop];
    if (!clerk) throw new Error('a shop has no clerk');
    return {
      method: 'POST',
      path: '/v1/verifications',
      headers: {
        ...sign(clerk),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ code: codeOf(key.secret, index) }),
    };
  };
}

/** What the holder's screen would show now (RFC 6238, SHA-256, six digits). */
function codeOf(masterSecret: Buffer, index: number): string {
  const salt = createHash('md5').update(String(index)).digest();
  const secret = createHmac('sha256', masterSecret)
    .update(voucherIdOf(index))
    .update(salt)
    .digest();
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha256', secret).update(counter).digest();
  const value = mac.readUInt32BE(mac.readUInt8(mac.length - 1) & 0x0f) & 0x7fffffff;
  const digits = String(value % 1_000_000).padStart(6, '0');
  return `${String(index).padStart(8, '0')}${digits}`;
}
