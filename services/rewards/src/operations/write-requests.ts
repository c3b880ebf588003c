import { civilDateOf } from '@ddp/calendar/civil-date';
import { redemptionRequested } from '@ddp/contracts/rewards/events';
import type { Redemption } from '@ddp/contracts/rewards/schemas';
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
import type { Kysely, Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { resumeSeconds, settleHours } from '../domain/deadlines.ts';
import {
  type AcceptedRequest,
  decideRequests,
  type RequestDecision,
  type RequestDraft,
  type RequestState,
} from '../domain/decide-requests.ts';
import { periodsOf } from '../domain/quota-periods.ts';
import { readBenefits } from '../store/benefits.ts';
import { readBudgetsLeft } from '../store/budgets.ts';
import { insertEffects } from '../store/effects.ts';
import { takePlaces } from '../store/quotas.ts';
import { insertRedemptions } from '../store/redemptions.ts';
import { lockResidents, readResidents } from '../store/residents.ts';
import { listAwaited } from '../store/waiting-places.ts';

type Tx = Transaction<RewardsDatabase>;
type Deps = Pick<ServiceDeps<RewardsDatabase>, 'store'>;

/** One request on its way into a batch. */
export interface RequestCommand extends BatchCommand {
  requestId: string;
  draft: RequestDraft;
}

export type RequestVerdict =
  | { status: 'requested'; redemption: Redemption }
  | Exclude<RequestDecision, { status: 'accepted' | 'repeated' }>;

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
    // Nothing of it is locked, so that it need not wait for the people.
    const reading = Promise.all([readNow(store.db, store.clock), readOffers(store.db, drafts)]);
    reading.catch(() => {});
    const personIds = unique(drafts.map(({ personId }) => personId));
    await lockResidents(tx, personIds);
    const kept = await findAnswers(tx, store, commands);
    const [now, offers] = await reading;
    const people = await readResidents(tx, personIds, periodsAt(now, offers));
    const state = { ...people, ...offers, now, kept };
    const named = commands.map((command) => ({ ...command, name: commandName(command) }));
    const decisions = decideRequests(state, named);
    const accepted = decisions.flatMap((decision, index) => {
      const command = commands[index];
      return decision.status === 'accepted' && command ? [{ ...command, ...decision }] : [];
    });
    const answers = accepted.map(({ view, ...command }) => ({ ...command, answer: view }));
    await writeAnswers(tx, store, answers);
    await writeAccepted(tx, { store }, accepted, state.now);
    return decisions.map(toVerdict);
  };
  const verdicts = await transact(store.db, write, { isRepeatable: true });
  store.onCommit();
  return verdicts;
}

/** Decides and writes one request in a transaction that keeps its own answer. */
export async function writeRequest(
  tx: Tx,
  { store }: Deps,
  draft: RequestDraft,
  requestId: string,
): Promise<RequestVerdict> {
  const personIds = [draft.personId];
  await lockResidents(tx, personIds);
  const now = await readNow(tx, store.clock);
  const offers = await readOffers(tx, [draft]);
  const people = await readResidents(tx, personIds, periodsAt(now, offers));
  const state = { ...people, ...offers, now, kept: new Map() };
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

type Offers = Pick<RequestState, 'offers' | 'budgets' | 'awaited'>;

async function readOffers(
  db: Kysely<RewardsDatabase>,
  drafts: readonly RequestDraft[],
): Promise<Offers> {
  const offers = await readBenefits(db, unique(drafts.map(({ benefitId }) => benefitId)));
  const budgetIds = unique([...offers.values()].map(({ budgetId }) => budgetId));
  const lined = [...offers].filter(([, { allocation }]) => allocation === 'waiting-list');
  const awaited = await listAwaited(
    db,
    lined.map(([id]) => id),
  );
  return { offers, budgets: await readBudgetsLeft(db, budgetIds), awaited };
}

/** The periods in which requests of a moment take their places. */
const periodsAt = (now: Date, { offers }: Offers): string[] =>
  unique(
    [...offers.values()]
      .flatMap((offer) => periodsOf(offer, civilDateOf(now)))
      .map(({ period }) => period),
  );

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
