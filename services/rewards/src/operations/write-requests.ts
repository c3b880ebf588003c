import { civilDateOf } from '@ddp/calendar/civil-date';
import { redemptionRequested } from '@ddp/contracts/rewards/events';
import {
  type BatchCommand,
  commandName,
  findAnswers,
  writeAnswers,
} from '@ddp/db-kit/command-batch';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { resumeSeconds, settleHours } from '../domain/deadlines.ts';
import {
  type AcceptedRequest,
  decideRequests,
  mostUndecided,
  type RequestDecision,
  type RequestDraft,
  type RequestState,
} from '../domain/decide-requests.ts';
import { periodsOf } from '../domain/quota-periods.ts';
import type { RequestCommand, RequestVerdict } from '../group-commands.ts';
import { readBenefits } from '../store/benefits.ts';
import { readBudgetsLeft } from '../store/budgets.ts';
import { insertEffects } from '../store/effects.ts';
import { takePlaces } from '../store/quotas.ts';
import { countUndecided, insertRedemptions } from '../store/redemptions.ts';
import { lockResidents, readResidents } from '../store/residents.ts';
import { listAwaited } from '../store/waiting-places.ts';

type Tx = Transaction<RewardsDatabase>;
type Deps = Pick<ServiceDeps<RewardsDatabase>, 'store'>;

/**
 * Decides and writes a batch of requests in one transaction, a verdict for each. The locks of their
 * people come first: by then a repeat finds what was answered, and nobody else takes places of
 * theirs.
 */
export async function writeRequests(
  { store }: Deps,
  commands: readonly RequestCommand[],
): Promise<RequestVerdict[]> {
  const write = async (tx: Tx) => {
    const drafts = commands.map(({ draft }) => draft);
    const state = await readState(tx, store, drafts, commands);
    const named = commands.map((command) => ({ ...command, name: commandName(command) }));
    const decisions = decideRequests(state, named);
    const accepted = decisions.flatMap((decision, index) => {
      const command = commands[index];
      return decision.status === 'accepted' && command ? [{ ...command, ...decision }] : [];
    });
    if (accepted.length === 0) throw new NothingAccepted(decisions);
    const answers = accepted.map(({ view, ...command }) => ({ ...command, answer: view }));
    await writeAnswers(tx, store, answers);
    await writeAccepted(tx, { store }, accepted, state.now);
    return decisions.map(toVerdict);
  };
  try {
    const verdicts = await transact(store.db, write, { isRepeatable: true });
    store.onCommit();
    return verdicts;
  } catch (error) {
    if (error instanceof NothingAccepted) return error.decisions.map(toVerdict);
    throw error;
  }
}

/** Undoes the transaction of a batch that changes nothing, with the locks that it made. */
class NothingAccepted extends Error {
  readonly decisions: readonly RequestDecision[];

  constructor(decisions: readonly RequestDecision[]) {
    super('nothing of the batch was accepted');
    this.decisions = decisions;
  }
}

/** Decides and writes one request in a transaction that keeps its own answer. */
export async function writeRequest(
  tx: Tx,
  { store }: Deps,
  draft: RequestDraft,
  requestId: string,
): Promise<RequestVerdict> {
  const state = await readState(tx, store, [draft], []);
  const [decision] = decideRequests(state, [{ name: '', hash: Buffer.alloc(0), draft }]);
  if (!decision) throw new Error('a request got no verdict');
  if (decision.status === 'accepted') {
    await writeAccepted(tx, { store }, [{ ...decision, requestId }], state.now);
  }
  return toVerdict(decision);
}

const unique = <T>(values: readonly (T | null)[]): T[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/** What is on offer first, as nothing of it is locked: so the people wait for as little as can be. */
async function readState(
  tx: Tx,
  store: Deps['store'],
  drafts: readonly RequestDraft[],
  commands: readonly BatchCommand[],
): Promise<RequestState> {
  const now = await readNow(tx, store.clock);
  const offers = await readBenefits(tx, unique(drafts.map(({ benefitId }) => benefitId)));
  const asked = [...offers.values()];
  const budgets = await readBudgetsLeft(tx, unique(asked.map(({ budgetId }) => budgetId)));
  const lined = [...offers].filter(([, { allocation }]) => allocation === 'waiting-list');
  const awaited = await listAwaited(
    tx,
    lined.map(([id]) => id),
  );
  const scarce = [...offers].filter(([, offer]) => mostUndecided(offer) !== null);
  const undecided = await countUndecided(
    tx,
    scarce.map(([id]) => id),
  );
  const periods = asked.flatMap((offer) => periodsOf(offer, civilDateOf(now)));
  const personIds = unique(drafts.map(({ personId }) => personId));
  await lockResidents(tx, personIds);
  const kept = await findAnswers(tx, store, commands);
  const people = await readResidents(tx, personIds, unique(periods.map(({ period }) => period)));
  return { now, offers, budgets, awaited, undecided, kept, ...people };
}

async function writeAccepted(
  tx: Tx,
  { store }: Deps,
  accepted: readonly { redemption: AcceptedRequest; requestId: string }[],
  now: Date,
): Promise<void> {
  const redemptions = accepted.map(({ redemption }) => redemption);
  await takePlaces(tx, redemptions);
  const within = { now, endsSeconds: settleHours * 3_600, nextSeconds: resumeSeconds };
  await insertRedemptions(tx, redemptions, within);
  const ids = redemptions.map(({ id }) => id);
  await insertEffects(tx, store.clock, ids, 'requested');
  const events = accepted.map(({ redemption, requestId }) => ({
    ...outgoing(redemptionRequested, { redemptionId: redemption.id }),
    requestId,
  }));
  await appendEventRows(tx, store, events);
}

function toVerdict(decision: RequestDecision): RequestVerdict {
  if (decision.status !== 'accepted' && decision.status !== 'repeated') return decision;
  return { status: 'requested', redemption: decision.view };
}
