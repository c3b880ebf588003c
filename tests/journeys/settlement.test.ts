import * as routes from '@ddp/contracts/rewards/settlement-routes';
import { listFindings } from '@ddp/infra/demo/run-audit';
import { readTestEngines } from '@ddp/testing/config';
import { eventually } from '@ddp/testing/module-harness';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  openSettledHouse,
  type SettledHouse,
  unitValueCents,
} from '../settlement/settled-house.ts';

let house: SettledHouse;
let counters: Awaited<ReturnType<SettledHouse['openCounter']>>[];
beforeAll(async () => {
  house = await openSettledHouse();
  counters = [];
  for (let index = 0; index < 3; index += 1) counters.push(await house.openCounter(index, 5));
  const resident = await house.newResident();
  for (const counter of counters) await house.sell(counter, resident);
  for (const counter of counters.slice(0, 2)) await house.sell(counter, resident);
}, 60_000);
afterAll(() => house?.stop());

const go = (instant: string) => house.clock.setTo(new Date(instant));
const env = () => house.context.environment as NodeJS.ProcessEnv;
const audit = () => listFindings(env(), ['rewards', 'points']).map((line) => JSON.parse(line));
const isAgreement = ({ invariant }: { invariant: string }) => invariant.startsWith('S6');

it('J6: at the end of the month each merchant has its statement, is heard, and is paid', async () => {
  const [, sponsored] = counters;
  if (!sponsored) throw new Error('no merchant');
  go('2026-11-30T16:31:00Z');
  const statements = await house.statementsOf('2026-11', 30_000);
  const sums = statements.flatMap(({ payers }) => payers.filter(({ cents }) => cents > 0));
  expect(sums.sort((a, b) => (a.payer < b.payer ? -1 : 1))).toEqual([
    { payer: 'donated', points: 2, cents: 2 * unitValueCents },
    { payer: 'fund', points: 1, cents: unitValueCents },
    { payer: 'subsidised', points: 2, cents: 2 * unitValueCents },
  ]);
  const [own] = (await house.call(routes.listStatements, {}, sponsored.owner)).items;
  const params = { id: own?.id ?? '' };
  expect(own).toMatchObject({ vouchers: 2, dueCents: 2 * unitValueCents, state: 'drawn' });
  const { items } = await house.call(routes.listStatementLines, { params }, sponsored.owner);
  expect(items[0]).toMatchObject({ sponsor: '康巴什区商会', payer: 'subsidised' });
  for (const [route, magic] of [
    [routes.readStatementWorkbook, 'PK'],
    [routes.readStatementPaper, '%P'],
  ] as const) {
    const file = (await house.call(route, { params }, sponsored.owner)) as Uint8Array;
    expect(Buffer.from(file).subarray(0, 2).toString()).toBe(magic);
  }
  const dispute = { lineId: items[0]?.id ?? '', reason: 'amount' as const, words: '少记两元五角' };
  const raised = await house.call(routes.raiseDispute, { body: dispute }, sponsored.owner);
  const verdict = { verdict: 'upheld' as const, rightCents: 1_500, words: '按协议价更正' };
  const answer = { params: { id: raised.id }, body: verdict };
  await house.call(routes.answerDispute, answer, house.officer);
  await house.call(routes.confirmStatement, { params }, sponsored.owner);
  const payment = { params, body: { reference: '鄂财付 2026-118' } };
  await house.call(routes.payStatement, payment, house.officer);
  go('2026-12-31T16:31:00Z');
  const [next] = await house.statementsOf('2026-12', 30_000);
  expect(next).toMatchObject({ vouchers: 0, corrections: 1, correctionCents: 250, dueCents: 250 });
  // The ledger hears of the payment by a job.
  const findings = await eventually(async () => {
    const found = audit();
    return found.every(({ holds }) => holds) ? found : null;
  }, 60_000);
  expect(findings.find(isAgreement)).toMatchObject({
    first: {
      ...{ lines: 5, points: 5, statements: 4, cents: 5 * unitValueCents + 250 },
      paidCents: 2 * unitValueCents,
    },
  });
}, 90_000);

const faults: [service: string, fault: string, mend: string][] = [
  [
    'rewards',
    'UPDATE rewards_statement_line SET points = points + 1 WHERE points = 1 LIMIT 1',
    'UPDATE rewards_statement_line SET points = points - 1 WHERE points = 2',
  ],
  [
    'rewards',
    "UPDATE rewards_statement SET due_cents = due_cents + 1 WHERE state = 'paid'",
    "UPDATE rewards_statement SET due_cents = due_cents - 1 WHERE state = 'paid'",
  ],
  [
    'points',
    "UPDATE points_ledger_account SET credits_posted = credits_posted + 9 WHERE reference LIKE 'payable:%'",
    "UPDATE points_ledger_account SET credits_posted = credits_posted - 9 WHERE reference LIKE 'payable:%'",
  ],
  [
    'points',
    "UPDATE points_ledger_transfer SET reference = CONCAT('-', reference) WHERE amount = 250",
    'UPDATE points_ledger_transfer SET reference = SUBSTRING(reference, 2) WHERE amount = 250',
  ],
];

it('names each line, statement and account that the ledger knows otherwise', async () => {
  const admin = await createConnection(readTestEngines().databaseUrl);
  const run = async (service: string, text: string) => {
    await admin.changeUser({ database: `${house.prefix}_${service}` });
    await admin.query(text);
  };
  for (const [service, fault] of faults) await run(service, fault);
  expect(audit().find(isAgreement)).toMatchObject({ holds: false, count: faults.length });
  for (const [service, , mend] of faults) await run(service, mend);
  await admin.end();
  expect(audit().filter(({ holds }) => !holds)).toEqual([]);
});
