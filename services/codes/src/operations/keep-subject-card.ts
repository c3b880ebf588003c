import type { subjectChanged } from '@ddp/contracts/directory/events';
import { readSubject } from '@ddp/contracts/directory/routes';
import type { PayloadOf } from '@ddp/contracts/event';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { CodesDeps } from '../deps.ts';
import { noteChanges } from '../store/changes.ts';
import { moveCodes } from '../store/codes.ts';
import { saveSubjectCard } from '../store/subject-cards.ts';

/** Copies what a scan shows of a subject, so that a scan asks nobody else. */
export async function keepSubjectCard(
  { store, caller, scans }: CodesDeps,
  delivery: Delivery<PayloadOf<typeof subjectChanged>>,
): Promise<void> {
  const { requestId, payload } = delivery;
  const subject = await caller.call(
    readSubject,
    { params: { id: payload.subjectId } },
    { requestId },
  );
  await handleOnce(store, delivery, async (tx) => {
    // A card that came too late says where the subject was.
    if (!(await saveSubjectCard(tx, subject))) return;
    await moveCodes(tx, subject.id, subject.areaPath);
    await noteChanges(tx, { subjectId: subject.id });
  });
  scans.distrust();
}
