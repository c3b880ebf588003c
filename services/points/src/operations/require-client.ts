import type { ServicePrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { findLedgerClient, type LedgerClient } from '../domain/ledger-client.ts';

/** The rights of the calling service in the ledger. Throws 403 where it has none. */
export function requireClient({ service }: ServicePrincipal): LedgerClient {
  const client = findLedgerClient(service);
  if (!client) throw new Problem(commonProblems.forbidden);
  return client;
}

/** Throws 403 unless the calling service may hold points of people. */
export function requireHolder(principal: ServicePrincipal): void {
  if (!requireClient(principal).mayHoldPoints) throw new Problem(commonProblems.forbidden);
}
