import { type Anchor, AnchorFileError, readAnchors } from '@ddp/ledger/anchor-file';
import { verifyChain } from '@ddp/ledger/verify-chain';
import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

const check = { service: 'points', invariant: 'I14 the chain of the ledger verifies' };
/** How heads come to be kept where none are. */
const howTo = (anchorFile: string | undefined) =>
  anchorFile === undefined
    ? 'none: set LEDGER_ANCHOR_FILE for points and for this audit, and a file begins'
    : `none: ${anchorFile} is not there; points begins it within an hour of the first block`;

/**
 * Computes the ledger's chain anew, from its first block to its head, and compares it with the heads
 * that points kept outside the database.
 */
export async function auditChain(reader: Reader, anchorFile: string | undefined): Promise<Finding> {
  let anchors: Anchor[] | null;
  try {
    anchors = anchorFile === undefined ? null : await readAnchors(anchorFile);
  } catch (error) {
    if (!(error instanceof AnchorFileError)) throw error;
    return { ...check, holds: false, violation: error.message, count: 1, first: { anchorFile } };
  }
  const { fault, blocks, transfers, head } = await verifyChain(
    reader,
    'points_ledger',
    anchors ?? [],
  );
  if (fault !== null) {
    return { ...check, holds: false, violation: fault.reason, count: 1, first: fault };
  }
  const first = { blocks, transfers, head, anchors: anchors?.length ?? howTo(anchorFile) };
  return { ...check, holds: true, first };
}
