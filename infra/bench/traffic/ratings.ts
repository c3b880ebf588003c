import { randomUUID } from 'node:crypto';
import { createSigner, personAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';

export interface RatingsConfig {
  tokens: string[];
  masterKey: string;
  areaPath: string;
  programmeId: string;
}

/** Each request is the rating of another resident, who scanned one of the codes. */
export function createTraffic(config: RatingsConfig): () => LoadRequest {
  const { tokens, masterKey, areaPath, programmeId } = config;
  const sign = createSigner(masterKey, 'ratings');
  return () => {
    const token = tokens[Math.floor(Math.random() * tokens.length)] ?? '';
    const resident = personAs('resident', { areaPath, programmeId });
    return {
      method: 'POST',
      path: '/v1/ratings',
      headers: {
        ...sign(resident),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ token, level: 5, reasons: ['patient', 'clear'], words: '' }),
    };
  };
}
