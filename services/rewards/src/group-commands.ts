import type { verifyVoucher } from '@ddp/contracts/rewards/routes';
import type { Redemption } from '@ddp/contracts/rewards/schemas';
import type { RouteResult } from '@ddp/contracts/route';
import type { BatchCommand } from '@ddp/db-kit/command-batch';
import type { RequestDecision, RequestDraft } from './domain/decide-requests.ts';
import type { CodeDraft, CounterDecision } from './domain/decide-verifications.ts';

/** One request on its way into a batch. */
export interface RequestCommand extends BatchCommand {
  requestId: string;
  draft: RequestDraft;
}

export type RequestVerdict =
  | { status: 'requested'; redemption: Redemption }
  | Exclude<RequestDecision, { status: 'accepted' | 'repeated' }>;

export type Verified = RouteResult<typeof verifyVoucher>;

/** One code on its way into a batch. */
export interface CodeCommand extends BatchCommand {
  requestId: string;
  draft: CodeDraft;
}

/** A wrong code is an answer too, kept so that its try is counted once and not rolled back. */
export type CodeVerdict =
  | { status: 'answered'; answer: Verified | null }
  | Extract<CounterDecision<never>, { status: 'key-reused' | 'refused' }>;
