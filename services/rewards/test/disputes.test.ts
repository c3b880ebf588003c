import { personErased } from '@ddp/contracts/identity/events';
import { setCeiling } from '@ddp/contracts/rewards/merchant-routes';
import * as routes from '@ddp/contracts/rewards/settlement-routes';
import type { StatementLine } from '@ddp/contracts/rewards/settlements';
import { newId } from '@ddp/db-kit/ids';
import { readXlsxRows } from '@ddp/paper/spreadsheet/read-xlsx';
import { createAuditor } from '@ddp/testing/auditing';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeStatements } from '../src/operations/close-statements.ts';
import { runSettlements } from '../src/operations/run-settlements.ts';
import { rewardsInvariants } from '../src/store/audit.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';
import { sellMany } from './sell.ts';

type Shop = Awaited<ReturnType<House['openShop']>>;
type Person = House['officer'];

let house: House;
let shop: Shop;
let quiet: Shop;
let lines: StatementLine[];
let id: string;

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'], programmeId });
const go = (instant: string) => house.clock.setTo(new Date(instant));
const own = async (by: Person) => (await house.call(routes.listStatements, {}, by)).items;
const read = (by: Person, of = id) => house.call(routes.readStatement, { params: { id: of } }, by);
const raise = (line: StatementLine | undefined, by = shop.owner) => {
  const body = { lineId: line?.id ?? newId(), reason: 'amount' as const, words: '金额不对' };
  return house.call(routes.raiseDispute, { body }, by);
};
const upheld = (rightCents: number) => ({
  verdict: 'upheld' as const,
  ...{ rightCents, words: '经查属实' },
});
const rejected = { verdict: 'rejected' as const, words: '账实相符' };
const answer = (of: string, body: ReturnType<typeof upheld> | typeof rejected, by: Person) =>
  house.call(routes.answerDispute, { params: { id: of }, body }, by);
const decide = (of: string, body: ReturnType<typeof upheld> | typeof rejected, by: Person) =>
  house.call(routes.decideDispute, { params: { id: of }, body }, by);
const confirm = (by = shop.owner, of = id) =>
  house.call(routes.confirmStatement, { params: { id: of } }, by);
const pay = (by = house.officer, of = id) =>
  house.call(routes.payStatement, { params: { id: of }, body: { reference: '付-001' } }, by);

beforeAll(async () => {
  house = await openHouse({ isManual: true });
  [shop, quiet] = [await house.openShop(), await house.openShop()];
  const { id: merchantId } = shop.merchant;
  const ceiling = { params: { id: merchantId }, body: { monthlyCents: 2_000 } };
  await house.call(setCeiling, ceiling, house.officer);
  await sellMany(house.db, { merchantId, count: 3, from: '2026-11-03T02:00:00Z' });
  const given = { merchantId, payer: 'donated' as const, cents: 500, count: 1 };
  await sellMany(house.db, { ...given, from: '2026-11-04T02:00:00Z' });
  await sellMany(house.db, {
    ...{ merchantId: quiet.merchant.id, count: 1, from: '2026-11-05T02:00:00Z' },
  });
  go('2026-11-30T16:31:00Z');
  await runSettlements(house.deps);
  id = (await own(shop.owner))[0]?.id ?? '';
  lines = (await house.call(routes.listStatementLines, { params: { id } }, shop.owner)).items;
});
afterAll(() => house?.stop());

it('says what is due, what is over the ceiling, and until when it may be disputed', async () => {
  expect(await read(shop.owner)).toMatchObject({
    ...{
      month: '2026-11',
      state: 'drawn',
      vouchers: 4,
      corrections: 0,
      merchantName: '草原奶茶馆',
    },
    payers: [
      { payer: 'donated', points: 8, cents: 500 },
      { payer: 'subsidised', points: 0, cents: 0 },
      { payer: 'fund', points: 24, cents: 2_400 },
    ],
    ...{ ceilingCents: 2_000, carriedInCents: 0, dueCents: 2_000, carriedOutCents: 400 },
    // The tenth working day after 1 December, to its end.
    disputeUntil: '2026-12-15T16:00:00.000Z',
  });
  expect(lines.map(({ cents }) => cents)).toEqual([800, 800, 800, 500]);
  expect(lines[0]).toMatchObject({ kind: 'voucher', verifiedBy: '店员', benefitTitle: '奶茶一杯' });
});

it('is shown to its owner and to the officers of its area, and to nobody else', async () => {
  expect((await own(shop.owner)).map((one) => one.id)).toEqual([id]);
  expect(await own(house.officer)).toHaveLength(2);
  expect(await own(stranger)).toEqual([]);
  for (const by of [quiet.owner, stranger]) {
    await expect(read(by)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(
      house.call(routes.listStatementLines, { params: { id } }, by),
    ).rejects.toMatchObject({ slug: 'not-found' });
  }
  await expect(own(shop.clerk)).rejects.toMatchObject({ slug: 'forbidden' });
  await expect(own(house.newResident())).rejects.toMatchObject({ slug: 'forbidden' });
  await expect(raise(lines[0], quiet.owner)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(confirm(quiet.owner)).rejects.toMatchObject({ slug: 'not-found' });
  await expect(pay(stranger)).rejects.toMatchObject({ slug: 'not-found' });
});

it('goes to a second officer where the first one rejects, and corrects the next month', async () => {
  const one = await raise(lines[0]);
  expect(one).toMatchObject({
    state: 'raised',
    isOverdue: false,
    dueAt: '2026-12-08T16:00:00.000Z',
  });
  const twice = await Promise.allSettled([raise(lines[0]), raise(lines[1]), raise(lines[1])]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect((await read(shop.owner)).state).toBe('disputed');
  await expect(confirm()).rejects.toMatchObject({ slug: 'conflict' });
  await expect(pay()).rejects.toMatchObject({ slug: 'conflict' });
  await expect(answer(one.id, rejected, stranger)).rejects.toMatchObject({ slug: 'not-found' });
  const same = answer(one.id, upheld(800), house.officer);
  await expect(same).rejects.toMatchObject({ slug: 'same-value' });
  expect(await answer(one.id, rejected, house.officer)).toMatchObject({ state: 'referred' });
  const again = answer(one.id, upheld(0), house.approver);
  await expect(again).rejects.toMatchObject({ slug: 'conflict' });
  const self = decide(one.id, rejected, house.officer);
  await expect(self).rejects.toMatchObject({ slug: 'own-answer' });
  expect(await decide(one.id, upheld(0), house.approver)).toMatchObject({
    ...{ state: 'upheld', correctionCents: -800, dueAt: null },
  });
  expect((await read(shop.owner)).state).toBe('disputed');
  const { items } = await house.call(
    routes.listDisputes,
    { query: { state: 'raised' } },
    house.officer,
  );
  expect(items).toHaveLength(1);
  const other = items[0]?.id ?? '';
  go('2026-12-09T02:00:00Z');
  const late = await house.call(routes.listDisputes, { query: { statementId: id } }, shop.owner);
  expect(late.items.map(({ isOverdue }) => isOverdue).sort()).toEqual([false, true]);
  await answer(other, rejected, house.approver);
  expect(await decide(other, rejected, house.officer)).toMatchObject({ correctionCents: null });
  expect((await read(shop.owner)).state).toBe('drawn');
  expect(await house.findBroken()).toEqual([]);
});

it('is confirmed once and paid once, and the ledger hears of it', async () => {
  const done = await Promise.allSettled([confirm(), confirm(), pay()]);
  expect(done[0]?.status === 'fulfilled' || done[1]?.status === 'fulfilled').toBe(true);
  await expect(raise(lines[2])).rejects.toMatchObject({ slug: 'conflict' });
  if ((await read(shop.owner)).state !== 'paid') await pay();
  await expect(pay()).rejects.toMatchObject({ slug: 'conflict' });
  await closeStatements(house.deps);
  await closeStatements(house.deps);
  const { balanceOf } = house.points.ledger;
  expect(balanceOf(`payable:${shop.merchant.id}`)).toBe(400);
  expect(balanceOf(`paid:${programmeId}`)).toBe(2_000);
  expect(await read(shop.owner)).toMatchObject({ state: 'paid', paymentReference: '付-001' });
});

it('closes when nobody says anything in time, and takes no dispute from then on', async () => {
  const statement = (await own(quiet.owner))[0];
  const params = { id: statement?.id ?? '' };
  const [line] = (await house.call(routes.listStatementLines, { params }, quiet.owner)).items;
  go('2026-12-15T16:00:00Z');
  await expect(raise(line, quiet.owner)).rejects.toMatchObject({ slug: 'dispute-too-late' });
  await closeStatements(house.deps);
  expect((await read(quiet.owner, params.id)).state).toBe('closed');
  await expect(confirm(quiet.owner, params.id)).rejects.toMatchObject({ slug: 'conflict' });
  expect((await pay(house.officer, params.id)).state).toBe('paid');
});

it('has a correction as a line of the next month, and pays what was carried on', async () => {
  const { id: merchantId } = shop.merchant;
  await sellMany(house.db, { merchantId, count: 1, from: '2026-12-03T02:00:00Z' });
  go('2026-12-31T16:31:00Z');
  await runSettlements(house.deps);
  const [next] = await own(shop.owner);
  expect(next).toMatchObject({
    ...{ month: '2026-12', vouchers: 1, corrections: 1, correctionCents: -800 },
    ...{ carriedInCents: 400, dueCents: 400, carriedOutCents: 0 },
  });
  const params = { id: next?.id ?? '' };
  const { items } = await house.call(routes.listStatementLines, { params }, shop.owner);
  const correction = items.find(({ kind }) => kind === 'correction');
  expect(correction).toMatchObject({ cents: -800, points: 0, voucherId: lines[0]?.voucherId });
  await expect(raise(correction)).rejects.toMatchObject({ slug: 'conflict' });
  expect(house.points.ledger.balanceOf(`payable:${merchantId}`)).toBe(400);
  expect(await house.findBroken()).toEqual([]);
});

it('is a workbook and a paper for its owner, and a month for the finance office', async () => {
  const params = { id };
  const file = await house.call(routes.readStatementWorkbook, { params }, shop.owner);
  const rows = await readXlsxRows(Buffer.from(file as Uint8Array));
  expect(rows[1]?.[0]).toBe((await read(shop.owner)).number);
  const paper = (await house.call(routes.readStatementPaper, { params }, shop.owner)) as Uint8Array;
  expect(Buffer.from(paper).subarray(0, 5).toString()).toBe('%PDF-');
  const body = { month: '2026-11' };
  const month = (await house.call(routes.exportSettlement, { body }, house.officer)) as Uint8Array;
  expect(Buffer.from(month).subarray(0, 2).toString()).toBe('PK');
  await expect(house.call(routes.exportSettlement, { body }, stranger)).rejects.toMatchObject({
    slug: 'not-found',
  });
  await expect(house.call(routes.exportSettlement, { body }, shop.owner)).rejects.toMatchObject({
    slug: 'forbidden',
  });
});

const faults: [string, string][] = [
  [
    'S1',
    'UPDATE rewards_statement SET fund_cents = fund_cents + 1, carried_out_cents = carried_out_cents + 1',
  ],
  ['S1', 'UPDATE rewards_statement_line SET points = points + 1'],
  ['S2', 'UPDATE rewards_statement SET due_cents = due_cents + 1'],
  [
    'S2',
    `UPDATE rewards_statement SET carried_in_cents = carried_in_cents + 1,
    carried_out_cents = carried_out_cents + 1`,
  ],
  ['S2', 'UPDATE rewards_statement SET ceiling_cents = 1 WHERE ceiling_cents IS NOT NULL'],
  ['S3', `DELETE FROM rewards_statement_line WHERE kind = 'voucher'`],
  ['S3', `UPDATE rewards_statement_line SET payer = 'subsidised'`],
  ['S3', `UPDATE rewards_statement_line SET verified_at = verified_at + INTERVAL 1 MONTH`],
  ['S4', `UPDATE rewards_dispute SET decided_by = answered_by`],
  ['S4', `UPDATE rewards_dispute SET correction_cents = NULL`],
  ['S4', `UPDATE rewards_statement_line SET cents = cents - 1 WHERE kind = 'correction'`],
  ['S4', `UPDATE rewards_statement SET state = 'disputed'`],
  ['S5', `UPDATE rewards_statement SET head_hash = NULL`],
  ['S5', `UPDATE rewards_settlement_run SET statements = statements + 1`],
  ['S5', `UPDATE rewards_statement SET state = 'summed'`],
];

it('names what is wrong with a settlement', async () => {
  const { audit, auditWith } = createAuditor(house.db, rewardsInvariants);
  expect(await audit()).toEqual([]);
  for (const [name, fault] of faults) expect(await auditWith(fault), fault).toContain(name);
});

it('leads to an owner who left no more', async () => {
  await house.step(personErased, { personId: shop.owner.personId });
  expect(await house.findBroken()).toEqual([]);
});
