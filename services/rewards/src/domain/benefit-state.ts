import type { BenefitState } from '@ddp/contracts/rewards/benefits';

/** What may be done with a benefit as it is. */
export type BenefitAct =
  | 'submit'
  | 'approve'
  | 'return'
  | 'publish'
  | 'pause'
  | 'resume'
  | 'withdraw'
  | 'end';

const acts: Record<BenefitAct, { from: readonly BenefitState[]; to: BenefitState }> = {
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted'], to: 'draft' },
  publish: { from: ['approved'], to: 'published' },
  pause: { from: ['published'], to: 'paused' },
  resume: { from: ['paused'], to: 'published' },
  withdraw: { from: ['approved', 'published', 'paused'], to: 'withdrawn' },
  end: { from: ['approved', 'published', 'paused'], to: 'ended' },
};

/** The state after an act; null where the present one does not allow it. */
export function stateAfter(act: BenefitAct, from: BenefitState): BenefitState | null {
  return acts[act].from.includes(from) ? acts[act].to : null;
}

/** Whether words of it were approved, so that they change by a new version alone. */
export function hasApprovedText(state: BenefitState): boolean {
  return ['approved', 'published', 'paused'].includes(state);
}

/** Whether a benefit is on offer at a moment. */
export function isOpen(
  {
    state,
    opensAt,
    closesAt,
  }: { state: BenefitState; opensAt: Date | null; closesAt: Date | null },
  now: Date,
): boolean {
  if (state !== 'published') return false;
  return (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt);
}

/** Whether a benefit can never be redeemed again; a pause or a later beginning is not its end. */
export function isOver(
  { state, closesAt }: { state: BenefitState; closesAt: Date | null },
  now: Date,
): boolean {
  return state === 'withdrawn' || state === 'ended' || (closesAt !== null && closesAt <= now);
}

/** Whoever wrote or submitted what is to be decided cannot decide on it. */
export function isOwnProposal(personId: string, authors: readonly (string | null)[]): boolean {
  return authors.includes(personId);
}
