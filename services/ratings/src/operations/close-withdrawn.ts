import type { ServiceStore } from '@ddp/db-kit/command';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { insertSteps } from '../store/follow-up-steps.ts';
import { type FollowUpRow, saveFollowUp } from '../store/follow-ups.ts';

/** Ends a locked follow-up whose rating was taken back: nobody has to act on it any more. */
export async function closeWithdrawn(
  { clock }: Pick<ServiceStore<RatingsDatabase>, 'clock'>,
  tx: Transaction<RatingsDatabase>,
  followUp: FollowUpRow,
  now: Date,
): Promise<void> {
  if (followUp.state === 'closed') return;
  const ended = { outcome: 'withdrawn', outcomeWords: null, reRateUntil: null } as const;
  await saveFollowUp(tx, { ...followUp, ...ended, state: 'closed', closedAt: now }, null);
  const { id: followUpId, deskPath } = followUp;
  const byRater = { followUpId, personId: null, deskPath } as const;
  await insertSteps(tx, clock, [
    { ...byRater, role: 'resident', step: 'withdrawn' },
    { ...byRater, role: null, step: 'closed' },
  ]);
}
