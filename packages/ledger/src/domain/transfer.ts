import type { AccountTerms } from './account.ts';

interface RequestBase {
  /** UUID, lower case, made by the caller before the first try; a repeat has the same id. */
  id: string;
  /** The caller's own sort of transfer, 0–65535. */
  code: number;
  /** What the transfer is for, in the caller's words: 1–64 of `A-Z a-z 0-9 . _ : / -`. */
  reference: string | null;
}

interface MovementBase extends RequestBase {
  debitAccountId: string;
  creditAccountId: string;
  /** A safe integer above zero. */
  amount: number;
  unit: string;
}

/** Moves the amount at once. */
export interface PostedRequest extends MovementBase {
  kind: 'posted';
}

/** Holds the amount until it is posted, voided or, after `expiresAt`, expired. */
export interface PendingRequest extends MovementBase {
  kind: 'pending';
  expiresAt: Date | null;
}

/** Moves a hold's amount, or a part of it; the rest returns. */
export interface PostPendingRequest extends RequestBase {
  kind: 'post-pending';
  pendingId: string;
  /** Null for the whole hold. */
  amount: number | null;
}

/** Returns a hold's amount. */
export interface VoidPendingRequest extends RequestBase {
  kind: 'void-pending';
  pendingId: string;
}

/** Returns the amount of a hold whose time is over; written by the sweep alone. */
export interface ExpirePendingRequest extends RequestBase {
  kind: 'expire-pending';
  pendingId: string;
}

export type MovementRequest = PostedRequest | PendingRequest;
export type ResolutionRequest = PostPendingRequest | VoidPendingRequest | ExpirePendingRequest;
export type TransferRequest = MovementRequest | ResolutionRequest;
export type TransferKind = TransferRequest['kind'];

/** One or more transfers that happen together or not at all, in this order. */
export type Chain = readonly TransferRequest[];

/** A transfer as it stands in the ledger, for ever. */
export interface Transfer {
  id: string;
  kind: TransferKind;
  debitAccountId: string;
  creditAccountId: string;
  amount: number;
  unit: string;
  code: number;
  reference: string | null;
  /** The hold that this transfer resolves. */
  pendingId: string | null;
  expiresAt: Date | null;
  blockSeq: number;
  position: number;
  createdAt: Date;
}

export type HoldState = 'open' | 'posted' | 'voided' | 'expired';

/** A transfer with its state, if it is a hold. */
export interface StoredTransfer {
  transfer: Transfer;
  /** Null for transfers that hold nothing. */
  holdState: HoldState | null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const unitPattern = /^[a-z][a-z0-9-]{0,15}$/;
const referencePattern = /^[A-Za-z0-9._:/-]{1,64}$/;

/**
 * Checks the form of a chain, not its sense; throws a RangeError that names the field. A service
 * validates at its edge and calls this before a chain joins a batch with others.
 */
export function assertChain(chain: Chain): void {
  if (chain.length === 0) throw new RangeError('a chain has no transfer');
  for (const request of chain) {
    assertForm(uuid.test(request.id), 'id');
    assertCode(request.code);
    assertReference(request.reference);
    assertKind(request);
  }
}

/** Checks the form of what an account is to be; throws a RangeError that names the field. */
export function assertTerms({ id, unit, code, reference = null }: AccountTerms): void {
  assertForm(uuid.test(id), 'id');
  assertForm(unitPattern.test(unit), 'unit');
  assertCode(code);
  assertReference(reference);
}

function assertKind(request: TransferRequest): void {
  switch (request.kind) {
    case 'posted':
    case 'pending':
      assertForm(uuid.test(request.debitAccountId), 'debitAccountId');
      assertForm(uuid.test(request.creditAccountId), 'creditAccountId');
      assertForm(unitPattern.test(request.unit), 'unit');
      assertAmount(request.amount);
      if (request.kind === 'pending' && request.expiresAt !== null) {
        assertForm(!Number.isNaN(request.expiresAt.getTime()), 'expiresAt');
      }
      return;
    case 'post-pending':
      assertForm(uuid.test(request.pendingId), 'pendingId');
      if (request.amount !== null) assertAmount(request.amount);
      return;
    case 'void-pending':
    case 'expire-pending':
      assertForm(uuid.test(request.pendingId), 'pendingId');
  }
}

function assertAmount(amount: number): void {
  assertForm(Number.isSafeInteger(amount) && amount > 0, 'amount');
}

function assertCode(code: number): void {
  assertForm(Number.isInteger(code) && code >= 0 && code <= 65_535, 'code');
}

function assertReference(reference: string | null): void {
  assertForm(reference === null || referencePattern.test(reference), 'reference');
}

function assertForm(holds: boolean, field: string): void {
  if (!holds) throw new RangeError(`the ledger cannot take this ${field}`);
}
