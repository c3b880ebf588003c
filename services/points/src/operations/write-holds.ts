import { type CivilDate, civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { placeHold, placeHolds } from '@ddp/contracts/points/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import { applyChains } from '@ddp/ledger/apply-chains';
import type { PendingRequest } from '@ddp/ledger/domain/transfer';
import type { LedgerProblem } from '@ddp/ledger/domain/verdict';
import { listTransfers } from '@ddp/ledger/read-transfers';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { levelStanding } from '../domain/level.ts';
import { changed, type Lot, type LotChange, planHold } from '../domain/lots.ts';
import { move, programmeAccountsOf, readStandings, transferCode } from '../store/books.ts';
import { insertHolds } from '../store/holds.ts';
import { insertLines } from '../store/lines.ts';
import { listLotsOf } from '../store/lots.ts';
import { lockParticipationsOfAll, memberKey, type Participation } from '../store/participations.ts';

type NewHold = RouteRequest<typeof placeHold>['body'];
type Verdict = RouteResult<typeof placeHolds>['results'][number];
type Tx = Transaction<PointsDatabase>;

/** The ledger refused one of several holds that were planned together; nothing may be written. */
export class UnforeseenRefusalError extends Error {
  override name = 'UnforeseenRefusalError';
}

/** A hold that goes to the ledger: what it takes of the lots, or null where it was placed before. */
interface Planned {
  hold: NewHold;
  participation: Participation;
  lots: LotChange[] | null;
}

/** Places holds in their order, under locks of those whose points they are; a verdict for each. */
export async function writeHolds(
  deps: PointsDeps,
  tx: Tx,
  holds: readonly NewHold[],
): Promise<Verdict[]> {
  const { store, ledger } = deps;
  const members = await lockParticipationsOfAll(tx, holds);
  const existing = await listTransfers(
    tx,
    ledger,
    holds.map(({ id }) => id),
  );
  const plan = await planHolds(deps, tx, holds, { members, placed: new Set(existing.keys()) });
  const planned = [...plan.values()].filter((one) => typeof one !== 'string');
  const verdicts = await applyChains(
    tx,
    ledger,
    planned.map((one) => [transferOf(one)]),
  );
  const refused = new Map<string, string>();
  planned.forEach(({ hold, lots }, index) => {
    const verdict = verdicts[index];
    if (verdict?.status !== 'refused') return;
    const isForeseen = lots === null || holds.length === 1;
    if (!isForeseen) throw new UnforeseenRefusalError(`the ledger said ${verdict.problem}`);
    refused.set(hold.id, refusalOf(verdict.problem));
  });
  const written = planned.filter(({ hold, lots }) => lots !== null && !refused.has(hold.id));
  await insertHolds(tx, store.clock, written.map(rowOf));
  await insertLines(tx, store.clock, written.map(lineOf));
  return holds.map(({ id }) => {
    const one = plan.get(id);
    const problem = typeof one === 'string' ? one : (refused.get(id) ?? null);
    if (problem !== null) return { id, state: null, problem };
    const state = existing.get(id)?.holdState ?? 'open';
    return { id, state: state === 'open' ? 'held' : state, problem };
  });
}

/** Each hold by its id: what it takes, or the slug of what speaks against it. */
async function planHolds(
  { store, ledger }: PointsDeps,
  tx: Tx,
  holds: readonly NewHold[],
  { members, placed }: { members: Map<string, Participation>; placed: Set<string> },
): Promise<Map<string, Planned | string>> {
  const participations = [...members.values()];
  const accounts = participations.map((one) => one.accounts);
  const standings = await readStandings(tx, ledger, accounts);
  const ids = participations.map(({ id }) => id);
  const lotsOf = await listLotsOf(tx, ids);
  const today = civilDateOf(await readNow(tx, store.clock));
  const decide = (hold: NewHold): Planned | string => {
    const participation = members.get(memberKey(hold));
    if (participation === undefined) return pointsProblems.notParticipating.slug;
    if (placed.has(hold.id)) return { hold, participation, lots: null };
    const { id, accounts: own } = participation;
    const lots = lotsOf.get(id) ?? [];
    const taken = take(hold, participation, { today, lots, standing: standings.get(own.standing) });
    if (typeof taken === 'string') return taken;
    lotsOf.set(id, changed(lots, taken));
    return { hold, participation, lots: taken };
  };
  return new Map(holds.map((hold) => [hold.id, decide(hold)]));
}

function take(
  { minimumStanding, amountPoints }: NewHold,
  { leftAt, keptLevel }: Participation,
  has: { today: CivilDate; lots: readonly Lot[]; standing: number | undefined },
): LotChange[] | string {
  if (leftAt !== null) return pointsProblems.notParticipating.slug;
  if (levelStanding(has.standing ?? 0, keptLevel, has.today) < minimumStanding) {
    return pointsProblems.levelTooLow.slug;
  }
  return planHold(has.lots, amountPoints, has.today) ?? pointsProblems.insufficientPoints.slug;
}

function transferOf({ hold, participation }: Planned): PendingRequest {
  const { id, amountPoints, reference, expiresAt } = hold;
  const { programmeId, accounts } = participation;
  const { pointsSpent } = programmeAccountsOf(programmeId);
  return {
    ...move(id, accounts.points, pointsSpent, amountPoints, transferCode.redemption),
    kind: 'pending',
    reference: reference || null,
    expiresAt: new Date(expiresAt),
  };
}

const rowOf = ({ hold, participation }: Planned) => {
  const { id, amountPoints, reference, expiresAt } = hold;
  const { id: participationId, programmeId } = participation;
  const terms = { amountPoints, reference, expiresAt: new Date(expiresAt) };
  return { id, programmeId, participationId, ...terms };
};

const lineOf = ({ hold, participation, lots }: Planned) => ({
  participationId: participation.id,
  kind: 'hold' as const,
  amountPoints: hold.amountPoints,
  holdId: hold.id,
  lots: lots ?? [],
});

function refusalOf(problem: LedgerProblem): string {
  switch (problem) {
    case 'exceeds-limit':
      return pointsProblems.insufficientPoints.slug;
    case 'id-used-with-other-fields':
      return pointsProblems.idReused.slug;
    case 'expiry-in-past':
      return pointsProblems.holdExpired.slug;
    default:
      throw new Error(`the ledger refused a hold: ${problem}`);
  }
}
