import type { ActivityState } from '@ddp/contracts/volunteering/activities';

export type ActivityMove = 'submit' | 'approve' | 'return' | 'publish' | 'cancel' | 'close';

const moves: Record<ActivityMove, { from: readonly ActivityState[]; to: ActivityState }> = {
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted', 'approved'], to: 'draft' },
  publish: { from: ['approved'], to: 'published' },
  cancel: { from: ['draft', 'submitted', 'approved', 'published'], to: 'cancelled' },
  close: { from: ['published'], to: 'closed' },
};

/** Where a move brings an activity; null where its state does not allow it. */
export function decideMove(state: ActivityState, move: ActivityMove): ActivityState | null {
  const { from, to } = moves[move];
  return from.includes(state) ? to : null;
}

/** Whether residents may read of it. */
export function isPublic(state: ActivityState): boolean {
  return state === 'published' || state === 'closed';
}
