import type { RewardsDeps } from '../deps.ts';
import { deleteOldTries } from '../store/tries.ts';

/** Counts of wrong codes go a day after their hour. */
export function purgeTries({ store }: RewardsDeps): Promise<void> {
  return deleteOldTries(store.db, store.clock);
}
