import { civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import type { HouseClient } from '@ddp/contracts/house-client';
import {
  listSettlementRuns,
  listStatementLines,
  listStatements,
  readStatementPaper,
  readStatementWorkbook,
  startSettlement,
} from '@ddp/contracts/rewards/settlement-routes';
import type { MerchantStatement } from '@ddp/contracts/rewards/settlements';
import { refusalOf } from './house.ts';
import { assertSame, type Step, until } from './step.ts';

export interface SettlementOptions {
  officer: HouseClient;
  step: Step;
}

/**
 * J6: a month is settled when it has ended and not before, which no clock of the house is moved for:
 * what is looked at is the last month that is over, where anything was sold in it.
 */
export async function walkSettlement({ officer, step }: SettlementOptions): Promise<void> {
  await step('a month that is not over is not settled', async () => {
    const month = monthOf(civilDateOf(new Date()));
    const early = officer.call(startSettlement, { body: { month } });
    assertSame(await refusalOf(early), 'month-open', 'a settlement of this month');
  });
  const [run] = (await officer.call(listSettlementRuns, { query: { limit: 1 } })).items;
  if (!run) return;
  const { month } = run;
  const statements = await step(`the month ${month} is settled, and once`, async () => {
    await officer.call(startSettlement, { body: { month } });
    const done = await until('the end of the settlement', async () => {
      const { items } = await officer.call(listSettlementRuns, {});
      return items.find((one) => one.id === run.id && one.state === 'done') ?? null;
    });
    const { items } = await officer.call(listStatements, { query: { month, limit: 100 } });
    assertSame(items.length, Math.min(done.drawn, 100), 'the statements');
    return items;
  });
  const largest = statements.toSorted((a, b) => b.vouchers - a.vouchers)[0];
  if (!largest) return;
  await step('a statement is the sum of its lines, one a voucher', () =>
    compareLines(officer, largest),
  );
  await step('the merchant keeps it as a table and on paper', async () => {
    const params = { id: largest.id };
    const table = Buffer.from(await officer.call(readStatementWorkbook, { params }));
    assertSame(table.subarray(0, 2).toString(), 'PK', 'the table');
    const paper = Buffer.from(await officer.call(readStatementPaper, { params }));
    assertSame(paper.subarray(0, 5).toString(), '%PDF-', 'the paper');
  });
}

async function compareLines(officer: HouseClient, statement: MerchantStatement): Promise<void> {
  const sums = { vouchers: 0, points: 0, cents: 0 };
  const params = { id: statement.id };
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor ? { cursor } : {}) };
    const page = await officer.call(listStatementLines, { params, query });
    for (const { kind, points, cents } of page.items) {
      sums.vouchers += kind === 'voucher' ? 1 : 0;
      sums.points += points;
      sums.cents += cents;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  const { vouchers, payers } = statement;
  const sum = (unit: 'points' | 'cents') => payers.reduce((total, one) => total + one[unit], 0);
  assertSame(sums, { vouchers, points: sum('points'), cents: sum('cents') }, 'the sums');
}
