import { addDays, type CivilDate, civilDateOf, compareCivilDates } from '@ddp/calendar/civil-date';
import type { TransferRequest } from '@ddp/ledger/domain/transfer';
import type { Random } from '@ddp/testing/random';
import type { Lot, LotChange } from '../../services/points/src/domain/lots.ts';
import type { LedgerWorld } from './ledger-world.ts';
import type { Rules } from './rules.ts';
import { insist, type Trace } from './trace.ts';

const leastDays = 30;

export type PersonCommand =
  | { kind: 'earn'; person: string; amount: number; expiresOn: CivilDate }
  | { kind: 'hold'; person: string; amount: number; expiresAt: Date }
  | { kind: 'post' | 'void'; hold: string };

export interface PeopleWorld {
  /** Carries a command out under its key, once; a repeat gets the first answer. */
  run(key: string, command: PersonCommand, now: Date): string;
  /** Ends the holds and the lots whose time is over. */
  sweep(now: Date): void;
}

interface Person {
  id: string;
  lots: Lot[];
  /** The last day of each single point that is free: the model of the lots. */
  free: CivilDate[];
}

interface Hold {
  person: Person;
  taken: LotChange[];
  /** The last day of each single point that is held. */
  held: CivilDate[];
  isOpen: boolean;
}

/** Points of people in lots, beside a model that knows every point by itself. */
interface Books {
  plans: Rules['lots'];
  ledger: LedgerWorld;
  names: Names;
  random: Random;
  trace: Trace;
  people: Map<string, Person>;
  holds: Map<string, Hold>;
}

interface Names {
  people: readonly string[];
  issued: string;
  spent: string;
  expired: string;
}

export function createPeopleWorld(
  rules: Rules,
  ledger: LedgerWorld,
  names: Names,
  { random, trace }: { random: Random; trace: Trace },
): PeopleWorld {
  const none = (id: string): [string, Person] => [id, { id, lots: [], free: [] }];
  const people = new Map(names.people.map(none));
  const answers = new Map<string, string>();
  const parts = { plans: rules.lots, ledger, names, random, trace };
  const books: Books = { ...parts, people, holds: new Map() };
  return {
    run(key, command, now) {
      const answer = answers.get(key) ?? carryOut(books, key, command, now);
      answers.set(key, answer);
      return answer;
    },
    sweep(now) {
      for (const { id } of ledger.dueHolds('points', now)) {
        const ended = endHold(books, id, 'expire', now);
        insist(ended === 'expire', `the hold ${id} is over and got ${ended}`);
      }
      for (const person of people.values()) expireLots(books, person, now);
    },
  };
}

function carryOut(books: Books, key: string, command: PersonCommand, now: Date): string {
  switch (command.kind) {
    case 'earn':
      return earn(books, key, command, now);
    case 'hold':
      return placeHold(books, key, command, now);
    case 'post':
    case 'void':
      return endHold(books, command.hold, command.kind, now);
  }
}

function earn(
  books: Books,
  key: string,
  { person: id, amount, expiresOn }: Extract<PersonCommand, { kind: 'earn' }>,
  now: Date,
): string {
  const person = personOf(books, id);
  move(books, { id: `award-${key}`, from: books.names.issued, to: id, amount }, now);
  change(books, person, books.plans.planIssue(expiresOn, amount));
  person.free.push(...Array<CivilDate>(amount).fill(expiresOn));
  compare(books, person);
  return 'earned';
}

function placeHold(
  books: Books,
  key: string,
  { person: id, amount, expiresAt }: Extract<PersonCommand, { kind: 'hold' }>,
  now: Date,
): string {
  const person = personOf(books, id);
  const today = civilDateOf(now);
  const alive = person.free.filter((day) => day >= today).toSorted();
  const plan = books.plans.planHold(person.lots, amount, today);
  const told = `${alive.length} points can be spent, ${amount} were asked for`;
  insist((plan === null) === alive.length < amount, told);
  if (plan === null) return 'insufficient-points';
  const sides = { debitAccountId: id, creditAccountId: books.names.spent };
  const terms = { amount, unit: 'points', code: 1, reference: null, expiresAt };
  const pending = { kind: 'pending' as const, id: key, ...sides, ...terms };
  const [verdict] = books.ledger.apply([[pending]], now);
  if (verdict !== 'ok') return String(verdict);
  change(books, person, plan);
  const held = alive.slice(0, amount);
  for (const day of held) person.free.splice(person.free.indexOf(day), 1);
  books.holds.set(key, { person, taken: plan, held, isOpen: true });
  compare(books, person);
  return 'held';
}

function endHold(books: Books, id: string, kind: 'post' | 'void' | 'expire', now: Date): string {
  const hold = books.holds.get(id);
  if (hold === undefined) return 'hold-not-found';
  const { person, taken, held } = hold;
  const fields = { id: `${kind}-${id}`, pendingId: id, code: 1, reference: null };
  const end: TransferRequest =
    kind === 'post'
      ? { kind: 'post-pending', amount: null, ...fields }
      : { kind: `${kind}-pending`, ...fields };
  const [verdict] = books.ledger.apply([[end]], now);
  if (verdict !== 'ok') return String(verdict);
  hold.isOpen = false;
  if (kind === 'post') {
    change(books, person, books.plans.planPosting(taken));
  } else {
    const today = civilDateOf(now);
    change(books, person, books.plans.planReturn(taken, today, leastDays));
    const least = addDays(today, leastDays);
    person.free.push(...held.map((day) => laterOf(day, least)));
  }
  compare(books, person);
  return kind;
}

function expireLots(books: Books, person: Person, now: Date): void {
  const today = civilDateOf(now);
  const plan = books.plans.planExpiry(person.lots, today);
  const amount = -plan.reduce((sum, one) => sum + one.freeChange, 0);
  const id = `expiry-${person.id}-${today}-${books.trace.steps()}`;
  if (amount > 0) move(books, { id, from: person.id, to: books.names.expired, amount }, now);
  change(books, person, plan);
  person.free = person.free.filter((day) => day >= today);
  compare(books, person);
}

function move(
  { ledger }: Books,
  { id, from, to, amount }: { id: string; from: string; to: string; amount: number },
  now: Date,
): void {
  const sides = { debitAccountId: from, creditAccountId: to };
  const terms = { amount, unit: 'points', code: 1, reference: null };
  const [verdict] = ledger.apply([[{ kind: 'posted', id, ...sides, ...terms }]], now);
  insist(verdict === 'ok', `moving points got ${verdict}`);
}

function change({ random, trace }: Books, person: Person, changes: readonly LotChange[]): void {
  const lots = new Map(person.lots.map((lot) => [lot.expiresOn, lot]));
  for (const { expiresOn, freeChange, heldChange } of changes) {
    const lot = lots.get(expiresOn) ?? { expiresOn, free: 0, held: 0 };
    const after = { expiresOn, free: lot.free + freeChange, held: lot.held + heldChange };
    insist(Math.min(after.free, after.held) >= 0, `the lot of ${expiresOn} fell below zero`);
    lots.set(expiresOn, after);
  }
  // A database gives rows in any order.
  person.lots = shuffle([...lots.values()], random);
  trace.record('lots', person.id, person.lots);
}

/** Holds the lots and the account against the points counted one by one. */
function compare({ ledger, holds }: Books, person: Person): void {
  const held = [...holds.values()]
    .filter((hold) => hold.isOpen && hold.person === person)
    .flatMap((hold) => hold.held);
  const kept = person.lots.filter((lot) => lot.free + lot.held > 0).map(textOf);
  const days = [...new Set([...person.free, ...held])];
  const counted = days.map((expiresOn) =>
    textOf({ expiresOn, free: countOf(person.free, expiresOn), held: countOf(held, expiresOn) }),
  );
  const [lots, points] = [kept.toSorted().join(), counted.toSorted().join()];
  insist(lots === points, `${person.id} has the lots ${lots}, the single points make ${points}`);
  const { creditsPosted, debitsPosted, debitsPending } = ledger.account(person.id);
  const free = creditsPosted - debitsPosted - debitsPending;
  insist(free === person.free.length, `${person.id} has ${free} free points on the account`);
  insist(debitsPending === held.length, `${person.id} has ${debitsPending} held on the account`);
}

function personOf({ people }: Books, id: string): Person {
  const person = people.get(id);
  insist(person !== undefined, `nobody is ${id}`);
  return person;
}

function laterOf(a: CivilDate, b: CivilDate): CivilDate {
  return compareCivilDates(a, b) > 0 ? a : b;
}

const textOf = ({ expiresOn, free, held }: Lot) => `${expiresOn}:${free}+${held}`;

function countOf(days: readonly CivilDate[], day: CivilDate): number {
  return days.filter((one) => one === day).length;
}

function shuffle<T>(values: T[], random: Random): T[] {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [values[last], values[other]] = [values[other] as T, values[last] as T];
  }
  return values;
}
