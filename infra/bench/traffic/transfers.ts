import { newId } from '@ddp/db-kit/ids';
import { createSteadySigner, serviceAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';

export interface TransfersConfig {
  masterKey: string;
  /** Every transfer debits this account. */
  issuerId: string;
  /** Each transfer credits one of these. */
  holderIds: string[];
  code: number;
}

/** Requests of one transfer each. */
export function createTraffic(config: TransfersConfig): () => LoadRequest {
  const { masterKey, issuerId, holderIds, code } = config;
  const sign = createSteadySigner(masterKey, 'points', serviceAs('rewards'));
  return () => {
    const creditAccountId = holderIds[Math.floor(Math.random() * holderIds.length)] ?? '';
    const sides = { debitAccountId: issuerId, creditAccountId };
    const transfer = { id: newId(), ...sides, amount: 1, unit: 'cents', code };
    return {
      method: 'POST',
      path: '/v1/transfers',
      headers: { ...sign(), 'content-type': 'application/json' },
      body: JSON.stringify({ transfers: [transfer] }),
    };
  };
}

/** A refusal is answered with 200 as well; only a transfer that was written counts. */
export function isGoodBody(body: string): boolean {
  return body.includes('"status":"created"');
}
