import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { productRules, type Rules } from './rules.ts';

const root = path.join(import.meta.dirname, '../..');
const rooms = {
  ledger: path.join(root, 'packages/ledger/src/domain'),
  points: path.join(root, 'services/points/src/domain'),
};

/** A guard of the rules, and the text that takes it out. */
export interface Mutation {
  guard: string;
  room: keyof typeof rooms;
  file: string;
  from: string;
  to: string;
}

/**
 * The rules of the product with one guard taken out of a copy of their text. Throws where the text
 * does not have the guard exactly once, so that a guard that moved is not taken for one that held.
 */
export async function loadMutant({ room, file, from, to }: Mutation): Promise<Rules> {
  const parent = path.join(root, '.data/mutants');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, `${room}-`));
  try {
    cpSync(rooms[room], folder, { recursive: true, filter: (name) => !name.endsWith('.test.ts') });
    const changed = path.join(folder, file);
    const parts = readFileSync(changed, 'utf8').split(from);
    if (parts.length !== 2) throw new Error(`${file} has the guard ${parts.length - 1} times`);
    // The copy lies outside of every package: what it needs of one is named by its place.
    const calendar = path.join(root, 'packages/calendar/src');
    const text = parts
      .join(to)
      .replaceAll("'@ddp/calendar/civil-date'", `'${calendar}/civil-date.ts'`);
    writeFileSync(changed, text);
    if (room === 'points') {
      const lots = (await import(path.join(folder, 'lots.ts'))) as Rules['lots'];
      return { ...productRules, lots };
    }
    const { decideTransfers } = (await import(path.join(folder, 'decide-transfers.ts'))) as Pick<
      Rules,
      'decideTransfers'
    >;
    return { ...productRules, decideTransfers };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const points = { room: 'points', file: 'lots.ts' } as const;
const resolution = { room: 'ledger', file: 'decide-resolution.ts' } as const;
const movement = { room: 'ledger', file: 'decide-movement.ts' } as const;
const transfers = { room: 'ledger', file: 'decide-transfers.ts' } as const;
const limits = { room: 'ledger', file: 'account.ts' } as const;

/** The guards without which money or points would be made, lost or moved twice. */
export const mutations: Mutation[] = [
  {
    ...movement,
    guard: 'the balance check',
    from: "if (!isWithinLimit(debited) || !isWithinLimit(credited)) return 'exceeds-limit';",
    to: '',
  },
  {
    ...limits,
    guard: 'pending amounts in the balance check of debits',
    from: 'account.debitsPosted + account.debitsPending <= account.creditsPosted',
    to: 'account.debitsPosted <= account.creditsPosted',
  },
  {
    ...limits,
    guard: 'the balance check of credits',
    from: 'return account.creditsPosted + account.creditsPending <= account.debitsPosted;',
    to: 'return true;',
  },
  {
    ...movement,
    guard: 'the check for a closed account',
    from: "if (debit.closedAt !== null || credit.closedAt !== null) return 'account-closed';",
    to: '',
  },
  {
    ...movement,
    guard: 'the deadline of a new hold',
    from: "if (expiresAt !== null && expiresAt <= now) return 'expiry-in-past';",
    to: '',
  },
  {
    ...transfers,
    guard: 'the id check',
    from: 'if (earlier !== undefined) return earlier;',
    to: '',
  },
  {
    ...transfers,
    guard: 'the comparison of fields under one id',
    from: "if (!hasSameFields(view, existing, request)) return refuse('id-used-with-other-fields', index);",
    to: '',
  },
  {
    ...transfers,
    guard: 'the check for an id twice in a chain',
    from: "if (repeated >= 0) return refuse('id-repeated-in-chain', repeated);",
    to: '',
  },
  {
    ...transfers,
    guard: 'the draft that a refused chain leaves no trace of',
    from: 'chain.length === 1 ? batch : createDraft(batch)',
    to: 'batch',
  },
  {
    ...resolution,
    guard: 'the state predicate of holds',
    from: 'findStateProblem(state) ?? findDeadlineProblem(hold, request, now)',
    to: 'findDeadlineProblem(hold, request, now)',
  },
  {
    ...resolution,
    guard: 'the deadline of holds',
    from: 'findStateProblem(state) ?? findDeadlineProblem(hold, request, now)',
    to: 'findStateProblem(state)',
  },
  {
    ...resolution,
    guard: 'the amount of holds',
    from: "if (amount > hold.amount) return 'amount-exceeds-hold';",
    to: '',
  },
  {
    ...points,
    guard: 'lot order',
    from: 'takeFree(alive.toSorted(byExpiry), amount)',
    to: 'takeFree(alive, amount)',
  },
  {
    ...points,
    guard: 'leaving out lots that have expired',
    from: 'lots.filter((lot) => !isExpired(lot, today))',
    to: 'lots.filter(() => true)',
  },
  {
    ...points,
    guard: 'the refusal of more than the lots have',
    from: 'if (missing > 0) return null;',
    to: '',
  },
  {
    ...points,
    guard: 'the least life of what is given back',
    from: 'laterOf(expiresOn, leastExpiresOn)',
    to: 'expiresOn',
  },
  {
    ...points,
    guard: 'the day on which lots expire',
    from: 'return expiresOn < today;',
    to: 'return expiresOn <= today;',
  },
];
