import { createAccounts, postTransfers } from '@ddp/contracts/points/routes';
import type { RouteInput } from '@ddp/contracts/route';
import { deriveId } from '@ddp/db-kit/ids';
import type { VolunteeringDeps } from '../deps.ts';
import { endPosting, type Posting, planPostings } from '../store/hours.ts';

type Account = RouteInput<typeof createAccounts>['body']['accounts'][number];
type Transfer = RouteInput<typeof postTransfers>['body']['transfers'][number];

const batchSize = 500;
/** Sorts of account in the ledger, all in minutes; what was typed in is kept on its own. */
const accountCode = {
  verified: { issued: 5_001, person: 5_011 },
  recorded: { issued: 5_002, person: 5_012 },
} as const;
const transferCode = { hours: 5_001, correction: 5_002 } as const;

/**
 * Tells the ledger what hours came to. What is told is written down before, and the transfer's id
 * follows from it, so that telling it again changes nothing.
 */
export async function postHours({ store, caller, log }: VolunteeringDeps): Promise<void> {
  for (;;) {
    const postings = await planPostings(store.db, store.clock, batchSize);
    if (postings.length === 0) return;
    const moves = postings.filter(({ from, to }) => from !== to);
    const requestId = `hours-${deriveId('posting', ...moves.map(nameOf))}`;
    const key = deriveId('hours-posting', ...moves.map(nameOf));
    const refused = new Set<string>();
    if (moves.length > 0) {
      const accounts = [...new Map(moves.flatMap(accountsOf).map((one) => [one.id, one])).values()];
      await caller.call(createAccounts, { body: { accounts } }, { requestId, key });
      const body = { transfers: moves.map(transferOf) };
      const { results } = await caller.call(postTransfers, { body }, { requestId, key });
      for (const { id, status, problem } of results) {
        if (status !== 'refused') continue;
        refused.add(id);
        log.error({ transferId: id, problem }, 'the ledger refused hours');
      }
    }
    const ended = postings.filter((one) => !refused.has(transferIdOf(one)));
    for (const one of ended) await endPosting(store.db, one);
    // What is refused stays due, and is told again at the next sweep.
    if (ended.length < batchSize) return;
  }
}

const nameOf = ({ id, version }: Posting) => `${id}:${version}`;
const transferIdOf = ({ id, version }: Posting) =>
  deriveId('volunteering-hours', id, String(version));

/** None is limited: a correction takes back from whom hours were given to. */
function accountsOf({ programmeId, kind, accountId }: Posting): Account[] {
  const codes = accountCode[kind];
  const terms = { unit: 'minutes', limit: 'none' } as const;
  return [
    { ...terms, id: issuedOf(programmeId, kind), code: codes.issued, reference: `${kind}` },
    { ...terms, id: personOf(accountId, kind), code: codes.person, reference: `${kind}` },
  ];
}

const issuedOf = (programmeId: string, kind: string) =>
  deriveId('volunteering-account', 'issued', kind, programmeId);
const personOf = (accountId: string, kind: string) =>
  deriveId('volunteering-account', 'person', kind, accountId);

function transferOf(posting: Posting): Transfer {
  const { id, programmeId, kind, accountId, version, from, to } = posting;
  const [issued, person] = [issuedOf(programmeId, kind), personOf(accountId, kind)];
  const sides =
    to > from
      ? { debitAccountId: issued, creditAccountId: person }
      : { debitAccountId: person, creditAccountId: issued };
  return {
    id: transferIdOf(posting),
    ...sides,
    amount: Math.abs(to - from),
    unit: 'minutes',
    code: version === 1 ? transferCode.hours : transferCode.correction,
    reference: `hours:${id}`,
  };
}
