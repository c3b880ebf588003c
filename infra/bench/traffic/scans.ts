import { createSteadySigner, serviceAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';

export interface ScansConfig {
  tokens: string[];
  /** Before the token: `/v1/resolved-scans/`. */
  path: string;
  /** Where the route wants a principal. */
  masterKey?: string;
}

/** Reads one token after another, in an order that no cache can guess. */
export function createTraffic({ tokens, path, masterKey }: ScansConfig): () => LoadRequest {
  const sign =
    masterKey === undefined
      ? () => ({})
      : createSteadySigner(masterKey, 'codes', serviceAs('ratings'));
  return () => {
    const token = tokens[Math.floor(Math.random() * tokens.length)] ?? '';
    return { method: 'GET', path: `${path}${token}`, headers: sign() };
  };
}
