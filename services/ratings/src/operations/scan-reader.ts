import { CallProblem } from '@ddp/contracts/call';
import { codesProblems } from '@ddp/contracts/codes/problems';
import { listableToken, mostTokens, resolveScans } from '@ddp/contracts/codes/resolution-routes';
import { resolveScan } from '@ddp/contracts/codes/routes';
import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { Problem } from '@ddp/contracts/problem';
import { newId } from '@ddp/db-kit/ids';
import { createReadGroup } from '@ddp/db-kit/read-group';
import type { ServiceCaller } from '@ddp/service-kit/service-caller';

const mostWaiting = 10_000;

/**
 * Asks codes what tokens stand for. Nothing is kept, so that a retired code is refused as soon as
 * codes refuses it; those who ask while an answer is under way share the next one. Throws a Problem,
 * always the same, for whatever is not in force.
 */
export function createScanReader(caller: ServiceCaller) {
  const read = createReadGroup<ResolvedScan>({
    maxSize: mostTokens,
    maxQueue: mostWaiting,
    read: async (tokens) => {
      const query = { tokens: tokens.join(',') };
      const { scans } = await caller.call(resolveScans, { query }, { requestId: newId() });
      return new Map(scans.flatMap(({ token, scan }) => (scan ? [[token, scan]] : [])));
    },
  });

  return async (token: string, requestId: string): Promise<ResolvedScan> => {
    const scan = listableToken.test(token)
      ? await read(token)
      : await readScan(caller, token, requestId, false);
    if (!scan) throw new Problem(codesProblems.invalidCode);
    return scan;
  };
}

/**
 * What one token stands for, or null for whatever is not in force: for a text that cannot stand in a
 * list, which somebody has typed, and for a visit, which codes counts.
 */
export async function readScan(
  caller: ServiceCaller,
  token: string,
  requestId: string,
  isVisit: boolean,
): Promise<ResolvedScan | null> {
  const query = isVisit ? { isVisit: 'true' } : {};
  try {
    return await caller.call(resolveScan, { params: { token }, query }, { requestId });
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) return null;
    throw error;
  }
}
