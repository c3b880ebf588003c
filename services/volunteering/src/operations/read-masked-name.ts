import { readPerson } from '@ddp/contracts/identity/routes';
import type { VolunteeringDeps } from '../deps.ts';

const unnamed = '***';

/** How a person is named to others here; asked of identity, outside any transaction. */
export async function readMaskedName(
  { caller }: Pick<VolunteeringDeps, 'caller'>,
  personId: string,
  requestId: string,
): Promise<string> {
  const { maskedName } = await caller.call(readPerson, { params: { id: personId } }, { requestId });
  return maskedName ?? unnamed;
}
