import { CallProblem } from '@ddp/contracts/call';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import { readPerson } from '@ddp/contracts/identity/routes';
import { Problem } from '@ddp/contracts/problem';
import type { DirectoryDeps } from '../deps.ts';

/** Throws 422 unless identity knows the person. Asked before a transaction, never in one. */
export async function requireKnownPerson(
  deps: Pick<DirectoryDeps, 'caller'>,
  personId: string,
  requestId: string,
): Promise<void> {
  if (!(await isKnownPerson(deps, personId, requestId))) {
    throw new Problem(directoryProblems.unknownPerson);
  }
}

export async function isKnownPerson(
  { caller }: Pick<DirectoryDeps, 'caller'>,
  personId: string,
  requestId: string,
): Promise<boolean> {
  try {
    await caller.call(readPerson, { params: { id: personId } }, { requestId });
    return true;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) return false;
    throw error;
  }
}
