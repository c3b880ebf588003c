import type { programmeChanged } from '@ddp/contracts/directory/events';
import { readProgramme } from '@ddp/contracts/directory/routes';
import type { PayloadOf } from '@ddp/contracts/event';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RewardsDeps } from '../deps.ts';
import { saveProgramme } from '../store/programmes.ts';

/** Keeps the copy of a programme's area. */
export async function copyProgramme(
  { store, caller }: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof programmeChanged>>,
): Promise<void> {
  const { requestId, payload } = delivery;
  const params = { id: payload.programmeId };
  const { id, areaPath } = await caller.call(readProgramme, { params }, { requestId });
  await handleOnce(store, delivery, (tx) => saveProgramme(tx, { id, areaPath }));
}
