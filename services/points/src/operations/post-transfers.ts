import { requireService } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { postTransfers as route } from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { cutIntoBlocks } from '@ddp/ledger/domain/cut-into-blocks';
import type { Chain, PostedRequest } from '@ddp/ledger/domain/transfer';
import type { ChainVerdict } from '@ddp/ledger/domain/verdict';
import { listAccounts } from '@ddp/ledger/read-accounts';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { type LedgerClient, ownsCode } from '../domain/ledger-client.ts';
import { cutIntoChains } from '../domain/linked-chains.ts';
import { requireClient } from './require-client.ts';

type Body = RouteRequest<typeof route>['body'];
type Verdict = RouteResult<typeof route>['results'][number];

const mostKnownAccounts = 200_000;

/**
 * Writes transfers between accounts of the calling service, a verdict for each. They join the next
 * commit of the ledger; a long request is cut into blocks, a linked chain never. Repeats are decided
 * by the transfers' own ids.
 */
export async function postTransfers(
  deps: PointsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const client = requireClient(requireService(principal));
  const linked = cutIntoChains(body.transfers);
  if (linked === null) throw lastIsLinked(body.transfers.length - 1);
  await requireOwnAccounts(deps, client, body);
  const chains = linked.map((chain) => chain.map(toRequest));
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

async function requireOwnAccounts(
  { store, ledger, accountCodes }: PointsDeps,
  client: LedgerClient,
  { transfers }: Body,
): Promise<void> {
  if (transfers.some(({ unit }) => !client.units.includes(unit))) {
    throw new Problem(pointsProblems.foreignAccount);
  }
  const ids = new Set(transfers.flatMap((one) => [one.debitAccountId, one.creditAccountId]));
  const unknown = [...ids].filter((id) => !accountCodes.has(id));
  if (unknown.length > 0) {
    if (accountCodes.size > mostKnownAccounts) accountCodes.clear();
    const found = await listAccounts(store.db, ledger, unknown);
    for (const { id, code } of found.values()) accountCodes.set(id, code);
  }
  // An account that is not there gets the ledger's own verdict.
  for (const id of ids) {
    const code = accountCodes.get(id);
    if (code !== undefined && !ownsCode(client, code)) {
      throw new Problem(pointsProblems.foreignAccount);
    }
  }
}

function toRequest(transfer: Body['transfers'][number]): PostedRequest {
  const { isLinked: _isLinked, reference, ...fields } = transfer;
  return { kind: 'posted', ...fields, reference: reference || null };
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
