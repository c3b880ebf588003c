import type { Transfer } from './transfer.ts';

/** Why a chain was refused. The package's README says when each comes. */
export type LedgerProblem =
  | 'id-used-with-other-fields'
  | 'id-repeated-in-chain'
  | 'chain-partly-exists'
  | 'same-account'
  | 'account-not-found'
  | 'account-closed'
  | 'unit-mismatch'
  | 'exceeds-limit'
  | 'balance-overflow'
  | 'expiry-in-past'
  | 'hold-not-found'
  | 'hold-already-posted'
  | 'hold-already-voided'
  | 'hold-already-expired'
  | 'hold-expired'
  | 'hold-not-yet-expired'
  | 'amount-exceeds-hold';

/**
 * What became of a chain: written now, found written before with the same fields (its first result
 * is given), or refused whole because of the transfer at `index`.
 */
export type ChainVerdict =
  | { status: 'ok'; transfers: Transfer[] }
  | { status: 'exists'; transfers: Transfer[] }
  | { status: 'refused'; problem: LedgerProblem; index: number };
