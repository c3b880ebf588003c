import { type CapCounter, countersOf, type PersonCaps } from './caps.ts';
import { decideAmount, type Rule } from './rule.ts';

/** Something that could earn, as it was recorded. */
export interface Earning {
  id: string;
  participationId: string;
  rule: string;
  ruleVersion: number;
  settingsVersion: number;
  occurredOn: string;
  /** The points or minutes that it said of itself. */
  quantity: number | null;
  option: string | null;
  /** What its rule gave, or would have given but for a cap. */
  amountPoints: number;
  hasAward: boolean;
  recordedAtMs: number;
  /** When its award was withdrawn and the caps got it back. */
  givenBackAtMs: number | null;
}

export interface Replay {
  /** The version to try, in place of those of its rule. */
  draft: Rule;
  /** Days that are decided anew; what was recorded around them counts in the caps as it was. */
  fromOn: string;
  toOn: string;
  versionOf: (rule: string, version: number) => Rule;
  personCapsOf: (settingsVersion: number) => PersonCaps;
}

export interface Tally {
  persons: number;
  awards: number;
  points: number;
  capped: number;
}

export interface ReplayOutcome {
  events: number;
  before: Tally;
  after: Tally;
  /** The most that one person would have got more, and got less. */
  largestGainPoints: number;
  largestLossPoints: number;
}

/**
 * What the draft would have given for what was recorded, in the order it was decided: the caps are
 * taken as they were then, withdrawn awards are given back when they were, and what the draft frees
 * or uses up decides about other rules too. The draft holds on all days unless its own first or
 * last day lies among them.
 */
export function replayRule(earnings: readonly Earning[], replay: Replay): ReplayOutcome {
  const counts: Counts = { taken: new Map(), minutes: new Map() };
  const decisions = new Map<string, Decision>();
  const before = newTally();
  const after = newTally();
  for (const { earning, isGivingBack } of timelineOf(earnings)) {
    if (isGivingBack) {
      const { counters, amountPoints } = decisions.get(earning.id) ?? { counters: null };
      if (counters) change(counts, earning, counters, -1, -amountPoints);
      continue;
    }
    const decision = decide(earning, replay, counts);
    decisions.set(earning.id, decision);
    if (decision.counters) change(counts, earning, decision.counters, 1, decision.amountPoints);
    if (!isWithin(earning, replay)) continue;
    const isKept = earning.givenBackAtMs === null;
    before.add(earning, earning.hasAward ? earning.amountPoints : null, isKept, !earning.hasAward);
    const granted = decision.counters ? decision.amountPoints : null;
    after.add(earning, granted, isKept, decision.isCapped);
  }
  const people = [...new Set([...before.perPerson.keys(), ...after.perPerson.keys()])];
  const changes = people.map(
    (one) => (after.perPerson.get(one) ?? 0) - (before.perPerson.get(one) ?? 0),
  );
  return {
    events: earnings.filter((earning) => isWithin(earning, replay)).length,
    before: before.total(),
    after: after.total(),
    largestGainPoints: changes.reduce((most, one) => Math.max(most, one), 0),
    largestLossPoints: changes.reduce((most, one) => Math.max(most, -one), 0),
  };
}

/** What was decided about an event: the counters it took from, or none where it got nothing. */
interface Decision {
  counters: CapCounter[] | null;
  amountPoints: number;
  isCapped: boolean;
}

interface Counts {
  taken: Map<string, { awards: number; points: number }>;
  /** Minutes that a person has said of a day. */
  minutes: Map<string, number>;
}

const isWithin = ({ occurredOn }: Earning, { fromOn, toOn }: Replay) =>
  fromOn <= occurredOn && occurredOn <= toOn;

function decide(earning: Earning, replay: Replay, counts: Counts): Decision {
  const { draft, fromOn, toOn } = replay;
  const own = replay.versionOf(earning.rule, earning.ruleVersion);
  const personCaps = replay.personCapsOf(earning.settingsVersion);
  const { occurredOn: on, amountPoints: past } = earning;
  const nothing = { counters: null, amountPoints: 0, isCapped: false };
  if (!isWithin(earning, replay)) {
    if (!earning.hasAward) return nothing;
    return { counters: countersOf(own, on, personCaps), amountPoints: past, isCapped: false };
  }
  const beginsOn = draft.fromOn > toOn || draft.fromOn < fromOn ? fromOn : draft.fromOn;
  const isTried = earning.rule === draft.rule && on >= beginsOn;
  if (isTried && draft.toOn !== null && draft.toOn >= fromOn && on > draft.toOn) return nothing;
  const amountPoints = isTried ? amountBy(draft, earning, counts) : past;
  if (amountPoints === 0) return nothing;
  const counters = countersOf(isTried ? draft : own, on, personCaps);
  const isCapped = counters.some(({ mostAwards, mostPoints, ...counter }) => {
    const used = counts.taken.get(keyOf(earning, counter)) ?? { awards: 0, points: 0 };
    const isFull = mostAwards !== null && used.awards >= mostAwards;
    return isFull || (mostPoints !== null && used.points + amountPoints > mostPoints);
  });
  return isCapped ? { ...nothing, isCapped } : { counters, amountPoints, isCapped };
}

/**
 * What the draft gives for an event that was recorded under another version. What the event did
 * not say, because nothing asked for it then, counts as the least that the draft gives.
 */
function amountBy(draft: Rule, earning: Earning, { minutes }: Counts): number {
  const { quantity, option, participationId, occurredOn } = earning;
  const { leastPoints, mostPoints } = draft;
  const day = `${participationId}|${occurredOn}`;
  const minutesBefore = minutes.get(day) ?? 0;
  if (draft.perMinutes !== null) minutes.set(day, minutesBefore + (quantity ?? 0));
  const inRange = Math.min(Math.max(quantity ?? leastPoints, leastPoints), mostPoints);
  const said =
    draft.perMinutes !== null
      ? { minutes: quantity ?? 0, minutesBefore }
      : draft.options !== null
        ? { option: option ?? undefined }
        : { points: inRange };
  const decision = decideAmount(draft, said);
  return decision.verdict === 'decided' ? decision.amountPoints : 0;
}

const keyOf = (
  { participationId }: Earning,
  { isForAll, rule, period }: Pick<CapCounter, 'isForAll' | 'rule' | 'period'>,
) => `${isForAll ? '' : participationId}|${rule}|${period}`;

function change(
  counts: Counts,
  earning: Earning,
  counters: readonly CapCounter[],
  awards: number,
  points: number,
): void {
  for (const counter of counters) {
    const key = keyOf(earning, counter);
    const used = counts.taken.get(key) ?? { awards: 0, points: 0 };
    counts.taken.set(key, { awards: used.awards + awards, points: used.points + points });
  }
}

/** Takings and givings back in the order they happened. */
function timelineOf(earnings: readonly Earning[]) {
  const takings = earnings.map((earning) => ({
    ...{ earning, isGivingBack: false, atMs: earning.recordedAtMs },
  }));
  const givings = earnings.flatMap((earning) =>
    earning.givenBackAtMs === null
      ? []
      : [{ earning, isGivingBack: true, atMs: earning.givenBackAtMs }],
  );
  return [...takings, ...givings].sort(
    (a, b) =>
      a.atMs - b.atMs ||
      Number(a.isGivingBack) - Number(b.isGivingBack) ||
      (a.earning.id < b.earning.id ? -1 : 1),
  );
}

function newTally() {
  const perPerson = new Map<string, number>();
  let awards = 0;
  let capped = 0;
  return {
    perPerson,
    add(
      { participationId }: Earning,
      granted: number | null,
      isKept: boolean,
      isCapped: boolean,
    ): void {
      if (isCapped) capped += 1;
      if (granted === null || !isKept) return;
      awards += 1;
      perPerson.set(participationId, (perPerson.get(participationId) ?? 0) + granted);
    },
    total: (): Tally => ({
      persons: perPerson.size,
      awards,
      points: [...perPerson.values()].reduce((sum, one) => sum + one, 0),
      capped,
    }),
  };
}
