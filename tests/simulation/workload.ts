import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import type { LimitKind } from '@ddp/ledger/domain/account';
import type { Chain, TransferRequest } from '@ddp/ledger/domain/transfer';
import type { Random } from '@ddp/testing/random';
import type { PersonCommand } from './people-world.ts';

/** What a client wants done: a chain of the ledger, or a command about a person's points. */
export type Wish = { key: string } & (
  | { kind: 'chain'; chain: Chain }
  | { kind: 'command'; command: PersonCommand }
);

/** Accounts of a service, in cents, with every limit; the last is closed on the way. */
export const cents: [string, LimitKind][] = [
  ['bank', 'none'],
  ['till', 'debits-may-not-exceed-credits'],
  ['shop', 'debits-may-not-exceed-credits'],
  ['debt', 'credits-may-not-exceed-debits'],
  ['shut', 'none'],
];
export const people = ['ada', 'bob', 'cai'];

/** What was wished so far, so that holds are ended and ids come back. */
interface Past {
  random: Random;
  holds: string[];
  personHolds: string[];
  chains: Chain[];
  made: number;
}

/** Gives one wish after another. */
export function createWorkload(random: Random): (now: Date) => Wish {
  const past: Past = { random, holds: [], personHolds: [], chains: [], made: 0 };
  return (now) => {
    if (random.percent(55)) {
      const chain = drawChain(past, now);
      past.chains.push(chain);
      return { key: nextId(past, 'c'), kind: 'chain', chain };
    }
    const command = drawCommand(past, now);
    const key = nextId(past, 'k');
    if (command.kind === 'hold') past.personHolds.push(key);
    return { key, kind: 'command', command };
  };
}

/** Now and then a chain that was sent before, with another amount or with something behind it. */
function drawChain(past: Past, now: Date): Chain {
  const { random, chains } = past;
  const before = chains.length > 0 && random.percent(8) ? random.pick(chains) : null;
  if (before) {
    const [first] = before;
    if (first && 'amount' in first && random.percent(50)) return [{ ...first, amount: 7 }];
    return [...before, drawRequest(past, now)];
  }
  const length = random.percent(70) ? 1 : random.between(2, 4);
  const chain = Array.from({ length }, () => drawRequest(past, now));
  const [first] = chain;
  return first && random.percent(3) ? [...chain, first] : chain;
}

function drawRequest(past: Past, now: Date): TransferRequest {
  const { random, holds } = past;
  const chance = random.between(1, 100);
  const fields = { code: 1, reference: random.pick([null, 'order:1']) };
  if (chance > 60 && holds.length > 0) return drawEnd(past, fields);
  const debitAccountId = random.pick(cents)[0];
  const creditAccountId = random.pick(cents)[0];
  const amount = random.between(1, 9);
  const movement = { debitAccountId, creditAccountId, amount, unit: 'cents', ...fields };
  if (chance <= 25) return { kind: 'posted', id: nextId(past, 't'), ...movement };
  const id = nextId(past, 'h');
  holds.push(id);
  return { kind: 'pending', id, expiresAt: drawDeadline(past, now), ...movement };
}

function drawEnd(past: Past, fields: { code: number; reference: string | null }): TransferRequest {
  const { random, holds } = past;
  const end = { id: nextId(past, 'e'), pendingId: random.pick(holds.slice(-5)), ...fields };
  if (random.percent(35)) return { kind: 'void-pending', ...end };
  const amount = random.percent(50) ? null : random.between(1, 9);
  return { kind: 'post-pending', amount, ...end };
}

function drawDeadline({ random }: Past, now: Date): Date | null {
  if (random.percent(20)) return null;
  return new Date(now.getTime() + random.between(-200, 4_000));
}

function drawCommand({ random, personHolds }: Past, now: Date): PersonCommand {
  const person = random.pick(people);
  const chance = random.between(1, 100);
  if (chance <= 35) {
    const expiresOn = addDays(civilDateOf(now), random.pick([5, 40, 90, 365]));
    return { kind: 'earn', person, amount: random.between(1, 8), expiresOn };
  }
  if (chance <= 70 || personHolds.length === 0) {
    const expiresAt = new Date(now.getTime() + random.between(1, 40 * 86_400_000));
    return { kind: 'hold', person, amount: random.between(1, 10), expiresAt };
  }
  const hold = random.pick(personHolds.slice(-4));
  return { kind: random.percent(50) ? 'post' : 'void', hold };
}

function nextId(past: Past, letter: string): string {
  past.made += 1;
  return `${letter}${past.made}`;
}
