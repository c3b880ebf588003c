import { requireService } from '@ddp/auth/authorize';
import type { postTransfers as route } from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { cutIntoBlocks } from '@ddp/ledger/domain/cut-into-blocks';
import type { Chain, TransferRequest } from '@ddp/ledger/domain/transfer';
import type { ChainVerdict } from '@ddp/ledger/domain/verdict';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { cutIntoChains } from '../domain/linked-chains.ts';
import { requireClient } from './require-client.ts';
import { requireOwnAccounts } from './require-own-accounts.ts';

type NewTransfer = RouteRequest<typeof route>['body']['transfers'][number];
type Verdict = RouteResult<typeof route>['results'][number];

/**
 * Writes transfers of every kind between accounts of the calling service, a verdict for each. They
 * join the next commit of the ledger; a long request is cut into blocks, a linked chain never.
 * Repeats are decided by the transfers' own ids.
 */
export async function postTransfers(
  deps: PointsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const client = requireClient(requireService(principal));
  const linked = cutIntoChains(body.transfers);
  if (linked === null) throw lastIsLinked(body.transfers.length - 1);
  const chains = linked.map((chain) => chain.map(toRequest));
  await requireOwnAccounts(deps, client, chains.flat());
  const blocks = cutIntoBlocks(chains);
  const outcomes = await deps.ledgerGroup.submit(blocks);
  const first = outcomes[0];
  // Nothing was written only when no block was; with some of them written each transfer tells.
  if (first?.status === 'rejected' && outcomes.every((one) => one.status === 'rejected')) {
    throw first.reason;
  }
  return {
    results: blocks.flatMap((block, index) => {
      const outcome = outcomes[index];
      return outcome?.status === 'fulfilled'
        ? block.flatMap((chain, at) => toVerdicts(chain, outcome.value[at]))
        : block.flatMap((chain) => refuse(chain, 'try-again'));
    }),
  };
}

/** Field by field, so that all have one shape: long requests spend their time on these. */
function toRequest(transfer: NewTransfer): TransferRequest {
  const { id, code } = transfer;
  const reference = transfer.reference || null;
  switch (transfer.kind) {
    case undefined:
    case 'posted': {
      const { debitAccountId, creditAccountId, amount, unit } = transfer;
      const kind = 'posted';
      return { kind, id, code, reference, debitAccountId, creditAccountId, amount, unit };
    }
    case 'pending': {
      const { kind, debitAccountId, creditAccountId, amount, unit } = transfer;
      const expiresAt = new Date(transfer.expiresAt);
      const sides = { debitAccountId, creditAccountId };
      return { kind, id, code, reference, ...sides, amount, unit, expiresAt };
    }
    case 'post-pending': {
      const { kind, pendingId, amount } = transfer;
      return { kind, id, code, reference, pendingId, amount };
    }
    case 'void-pending': {
      const { kind, pendingId } = transfer;
      return { kind, id, code, reference, pendingId };
    }
  }
}

function toVerdicts(chain: Chain, verdict: ChainVerdict | undefined): Verdict[] {
  if (verdict === undefined) throw new Error('the ledger gave no verdict');
  if (verdict.status === 'refused') return refuse(chain, verdict.problem, verdict.index);
  const status = verdict.status === 'ok' ? 'created' : 'exists';
  return chain.map(({ id }) => ({ id, status, problem: null }));
}

/** The transfer at fault names its problem; the others of its chain say that it was theirs. */
function refuse(chain: Chain, problem: string, at?: number): Verdict[] {
  return chain.map(({ id }, index) => ({
    id,
    status: 'refused',
    problem: at === undefined || at === index ? problem : 'linked-transfer-refused',
  }));
}

function lastIsLinked(index: number): Problem {
  const pointer = `/transfers/${index}/isLinked`;
  const message = {
    zh: '最后一笔没有可关联的下一笔',
    en: 'the last transfer is linked to nothing',
  };
  return new Problem(commonProblems.invalidRequest, { errors: [{ pointer, message }] });
}
