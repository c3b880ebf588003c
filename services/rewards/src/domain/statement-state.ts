import type { DisputeState, StatementState } from '@ddp/contracts/rewards/settlements';

export type StatementAct = 'confirm' | 'dispute' | 'end-disputes' | 'close' | 'pay';

const moves: Record<StatementAct, Partial<Record<StatementState, StatementState>>> = {
  confirm: { drawn: 'confirmed' },
  dispute: { drawn: 'disputed', disputed: 'disputed' },
  /** As it was before: it may be confirmed, disputed again in time, or closes by itself. */
  'end-disputes': { disputed: 'drawn' },
  close: { drawn: 'closed' },
  pay: { confirmed: 'paid', closed: 'paid' },
};

/** Where an act leads, or null where it cannot be. */
export function statementAfter(act: StatementAct, state: StatementState): StatementState | null {
  return moves[act][state] ?? null;
}

/** The states from which an act leads on. */
export function statesBefore(act: StatementAct): StatementState[] {
  return Object.keys(moves[act]) as StatementState[];
}

/** A rejection of the first officer goes to a second one, whose word ends it. */
export function disputeAfter(
  state: DisputeState,
  verdict: 'upheld' | 'rejected',
): DisputeState | null {
  if (state === 'raised') return verdict === 'upheld' ? 'upheld' : 'referred';
  return state === 'referred' ? verdict : null;
}
