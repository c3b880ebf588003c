import { createAccounts, listAccounts, postTransfers } from '@ddp/contracts/points/routes';
import { binaryToId, newId } from '@ddp/db-kit/ids';
import { until } from '../demo/step.ts';
import { serviceAs } from '../principals.ts';
import type { PointsHouse } from './points-house.ts';

/** The defaults of Jepsen's bank test. */
const accountCount = 8;
const total = 100;
const mostAmount = 5;
const clients = 10;
const code = 4_033;
const unit = 'cents' as const;
const bankClient = serviceAs('rewards');

/** What clients saw. A transfer without an answer may have happened or not. */
export interface BankHistory {
  acknowledged: Set<string>;
  refused: Set<string>;
  unknown: Set<string>;
  reads: number;
  failedReads: number;
  /** Reads that did not add up or showed less than nothing. */
  wrongReads: string[];
}

type Call = PointsHouse['processes'][number]['call'];

/** Accounts that together hold a hundred and may not go below zero, and those who move it about. */
export async function openBank(house: PointsHouse, random: () => number) {
  const pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  const history: BankHistory = {
    ...{ acknowledged: new Set(), refused: new Set(), unknown: new Set() },
    ...{ reads: 0, failedReads: 0, wrongReads: [] },
  };
  const accounts = await fundAccounts(house);
  const anyCall = (): Call => pick(house.processes).call;

  async function transfer(): Promise<void> {
    const id = newId();
    const debitAccountId = pick(accounts);
    const creditAccountId = pick(accounts.filter((one) => one !== debitAccountId));
    const amount = 1 + Math.floor(random() * mostAmount);
    const transfers = [{ id, debitAccountId, creditAccountId, amount, unit, code: 1 }];
    const tries = random() < 0.5 ? 1 : 5;
    for (let time = 1; time <= tries; time += 1) {
      // The same id again: whatever became of the try before, it happens at most once.
      const answer = await anyCall()(bankClient, postTransfers, { body: { transfers } }).catch(
        () => null,
      );
      const status = answer?.results[0]?.status;
      if (status === undefined) continue;
      history[status === 'refused' ? 'refused' : 'acknowledged'].add(id);
      return;
    }
    history.unknown.add(id);
  }

  async function read(): Promise<void> {
    const query = { code, limit: 100 };
    const page = await anyCall()(bankClient, listAccounts, { query }).catch(() => null);
    if (page === null) {
      history.failedReads += 1;
      return;
    }
    history.reads += 1;
    const balances = page.items.map((one) => one.creditsPosted - one.debitsPosted);
    const sum = balances.reduce((all, each) => all + each, 0);
    const isWrong = balances.length !== accountCount || sum !== total || Math.min(...balances) < 0;
    if (isWrong) history.wrongReads.push(balances.join(' '));
  }

  return {
    history,
    /** Moves money and reads all accounts at once until told to stop. */
    async work(signal: AbortSignal): Promise<void> {
      const repeat = async () => {
        while (!signal.aborted) await (random() < 0.5 ? transfer() : read());
      };
      await Promise.all(Array.from({ length: clients }, repeat));
    },
    /** What does not hold when all is quiet again. */
    check: () => checkBank(house, history, read),
  };
}

async function fundAccounts(house: PointsHouse): Promise<string[]> {
  const { call } = house.processes[0] ?? {};
  if (!call) throw new Error('the bank has no process');
  const source = { id: newId(), unit, code: code - 1, limit: 'none' as const };
  const limit = 'debits-may-not-exceed-credits' as const;
  const own = Array.from({ length: accountCount }, () => ({ id: newId(), unit, code, limit }));
  await call(bankClient, createAccounts, { body: { accounts: [source, ...own] } });
  const first = own[0]?.id ?? '';
  const sides = { debitAccountId: source.id, creditAccountId: first };
  const transfers = [{ id: newId(), ...sides, amount: total, unit, code: 2 }];
  const { results } = await call(bankClient, postTransfers, { body: { transfers } });
  if (results[0]?.status !== 'created') throw new Error('the bank got no money');
  return own.map(({ id }) => id);
}

async function checkBank(
  house: PointsHouse,
  history: BankHistory,
  read: () => Promise<void>,
): Promise<string[]> {
  const before = history.reads;
  await until('a read of every account', async () => {
    await read();
    return history.reads > before ? true : null;
  });
  const rows = await house.query('SELECT id FROM points_ledger_transfer WHERE code = 1');
  const stored = new Set(rows.map(({ id }) => binaryToId(id as Buffer)));
  const { acknowledged, refused, unknown, wrongReads } = history;
  const lost = [...acknowledged].filter((id) => !stored.has(id));
  const undead = [...refused].filter((id) => stored.has(id));
  const strange = [...stored].filter((id) => !acknowledged.has(id) && !unknown.has(id));
  return [
    ...wrongReads.map((balances) => `a read of all accounts: ${balances}`),
    ...lost.map((id) => `acknowledged and not there: ${id}`),
    ...undead.map((id) => `refused and there: ${id}`),
    ...strange.map((id) => `there and asked for by nobody: ${id}`),
    ...house.audit(),
  ];
}

/** Kills a process or the database at random moments until the time is over; gives what it did. */
export async function strikeBank(
  house: PointsHouse,
  options: { endsAtMs: number; quietMs: { least: number; most: number }; random: () => number },
): Promise<string[]> {
  const { endsAtMs, quietMs, random } = options;
  const strikes: string[] = [];
  for (;;) {
    const waitMs = quietMs.least + random() * (quietMs.most - quietMs.least);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (performance.now() > endsAtMs) return strikes;
    const victims = [
      ...house.processes.map(({ process }) => ({ name: process.name, engine: process })),
      ...(house.database ? [{ name: 'the database', engine: house.database }] : []),
    ];
    const victim = victims[Math.floor(random() * victims.length)];
    await victim?.engine.kill9();
    await victim?.engine.restart();
    strikes.push(victim?.name ?? 'nobody');
  }
}
