import { verifyChain } from '@ddp/ledger/verify-chain';
import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

/** Computes the ledger's chain anew, from its first block to its head. */
export async function auditChain(reader: Reader): Promise<Finding> {
  const { fault, blocks, transfers, head } = await verifyChain(reader, 'points_ledger');
  const check = { service: 'points', invariant: 'I14 the chain of the ledger verifies' };
  if (fault === null) return { ...check, holds: true, first: { blocks, transfers, head } };
  return { ...check, holds: false, violation: fault.reason, count: 1, first: fault };
}
