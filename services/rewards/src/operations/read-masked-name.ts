import { readPerson } from '@ddp/contracts/identity/routes';
import type { RewardsDeps } from '../deps.ts';

const unnamed = '***';
const nameDeadlineMs = 2_000;

/** The counter works without the name: nothing is refused because identity is away. */
export async function readMaskedName(
  { caller, log }: RewardsDeps,
  personId: string,
  requestId: string,
): Promise<string> {
  try {
    const call = { requestId, deadlineMs: nameDeadlineMs };
    const person = await caller.call(readPerson, { params: { id: personId } }, call);
    return person.maskedName ?? unnamed;
  } catch (error) {
    log.warn({ err: error, requestId }, 'a person is shown without a name');
    return unnamed;
  }
}
