import type { subjectChanged } from '@ddp/contracts/directory/events';
import { readSubject } from '@ddp/contracts/directory/routes';
import type { PayloadOf } from '@ddp/contracts/event';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { VolunteeringDeps } from '../deps.ts';
import { saveSubject } from '../store/subjects.ts';

/** Keeps under which subject of the directory a volunteer is rated. */
export async function keepSubject(
  { store, caller }: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof subjectChanged>>,
): Promise<void> {
  const { requestId, payload } = delivery;
  const params = { id: payload.subjectId };
  const subject = await caller.call(readSubject, { params }, { requestId });
  await handleOnce(store, delivery, async (tx) => {
    if (subject.kind === 'volunteer') await saveSubject(tx, subject);
  });
}
