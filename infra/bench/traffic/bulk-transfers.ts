import { newId } from '@ddp/db-kit/ids';
import { createSteadySigner, serviceAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';
import type { TransfersConfig } from './transfers.ts';

export interface BulkTransfersConfig extends TransfersConfig {
  /** Transfers in one request. */
  size: number;
}

/** Requests of many transfers each. */
export function createTraffic(config: BulkTransfersConfig): () => LoadRequest {
  const { masterKey, issuerId, holderIds, code, size } = config;
  const sign = createSteadySigner(masterKey, 'points', serviceAs('rewards'));
  const drawTransfer = () => {
    const creditAccountId = holderIds[Math.floor(Math.random() * holderIds.length)] ?? '';
    const sides = { debitAccountId: issuerId, creditAccountId };
    return { id: newId(), ...sides, amount: 1, unit: 'cents', code };
  };
  return () => ({
    method: 'POST',
    path: '/v1/transfers',
    headers: { ...sign(), 'content-type': 'application/json' },
    body: JSON.stringify({ transfers: Array.from({ length: size }, drawTransfer) }),
  });
}

/** Only a request of which every transfer was written counts. */
export function isGoodBody(body: string): boolean {
  return body.includes('"status":"created"') && !body.includes('"status":"refused"');
}
