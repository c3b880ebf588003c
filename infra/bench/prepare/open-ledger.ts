import { createAccounts } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { createCaller, serviceAs } from '../../principals.ts';
import type { BenchContext } from '../context.ts';
import type { TransfersConfig } from '../traffic/transfers.ts';

const holders = 5_000;
const accountsPerRequest = 1_000;
/** A sort of account that the rewards service may keep in the ledger, in cents. */
const code = 4_001;

export interface OpenedLedger {
  /** The points service's own port. */
  url: string;
  env: NodeJS.ProcessEnv;
  config: TransfersConfig;
}

/** Starts the points service on a schema of its own, with one issuing account and many others. */
export async function openLedger(
  context: BenchContext,
  settings: NodeJS.ProcessEnv = {},
): Promise<OpenedLedger> {
  const env = await context.environment();
  const { points } = await context.startServices(['points'], { ...env, ...settings });
  const masterKey = env.DDP_MASTER_KEY ?? '';
  const call = createCaller(masterKey, { points: points.url });
  const unit = 'cents' as const;
  const issuer = { id: newId(), unit, code, limit: 'none' as const };
  const limit = 'debits-may-not-exceed-credits' as const;
  const others = Array.from({ length: holders }, () => ({ id: newId(), unit, code, limit }));
  const accounts = [issuer, ...others];
  for (let from = 0; from < accounts.length; from += accountsPerRequest) {
    const some = accounts.slice(from, from + accountsPerRequest);
    await call(serviceAs('rewards'), createAccounts, { body: { accounts: some } });
  }
  const holderIds = others.map(({ id }) => id);
  return { url: points.url, env, config: { masterKey, issuerId: issuer.id, holderIds, code } };
}
