import { createSteadySigner, serviceAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';
import { accountIdOf } from '../prepare/load-accounts.ts';

export interface BalancesConfig {
  masterKey: string;
  /** How many accounts were loaded. */
  accounts: number;
}

/** Reads of one account each, any of them. */
export function createTraffic(config: BalancesConfig): () => LoadRequest {
  const sign = createSteadySigner(config.masterKey, 'points', serviceAs('rewards'));
  return () => ({
    path: `/v1/accounts/${accountIdOf(Math.floor(Math.random() * config.accounts))}`,
    headers: sign(),
  });
}
