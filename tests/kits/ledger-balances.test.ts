import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { AccountHasHoldsError, closeAccount } from '@ddp/ledger/close-account';
import { createAccounts } from '@ddp/ledger/create-accounts';
import type { Account } from '@ddp/ledger/domain/account';
import { AccountNotFoundError, listAccountPage } from '@ddp/ledger/read-accounts';
import { InstantAheadError, readBalanceAt } from '@ddp/ledger/read-balance-at';
import { listTransfersByReference } from '@ddp/ledger/read-transfers';
import { writeCheckpoints } from '@ddp/ledger/write-checkpoints';
import { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, pending, post, posted, type TestLedger, voiding } from './ledger-fixture.ts';

let t: TestLedger;
beforeEach(async () => {
  t = await openLedger();
});
afterEach(() => t.db.destroy());

const balanceAt = async (id: string, at?: Date) => {
  const { debitsPosted, creditsPosted, debitsPending, creditsPending } = await readBalanceAt(
    t.db,
    t.ledger,
    id,
    at,
  );
  return [debitsPosted, creditsPosted, debitsPending, creditsPending];
};

/** Every kind of transfer over a while: what stood on the account after each, and when. */
async function walk(steps: number) {
  const [bank, ada] = [await t.open(), await t.open()];
  const seen: { at: Date; sums: number[] }[] = [];
  for (let step = 0; step < steps; step += 1) {
    t.clock.advanceMs(1_000);
    const held = pending(ada, bank, 5);
    const [verdict] = await t.apply([[posted(bank, ada, step + 1), held]]);
    if (verdict?.status !== 'ok') throw new Error('not written');
    const at = verdict.transfers[0]?.createdAt ?? new Date(0);
    seen.push({ at, sums: await t.balances(ada) });
    t.clock.advanceMs(1_000);
    await t.apply([[step % 3 === 0 ? voiding(held.id) : post(held.id, step % 3 === 1 ? 2 : null)]]);
  }
  return { bank, ada, seen };
}

describe('what stood on an account', () => {
  it('is told for any past instant, as it was told then', async () => {
    const { ada, bank, seen } = await walk(12);
    for (const { at, sums } of seen) {
      expect(await balanceAt(ada, at)).toEqual(sums);
      expect(await balanceAt(ada, new Date(at.getTime() + 999))).toEqual(sums);
    }
    expect(await balanceAt(ada)).toEqual(await t.balances(ada));
    expect(await balanceAt(bank)).toEqual(await t.balances(bank));
    const first = seen[0]?.at ?? new Date(0);
    expect(await balanceAt(ada, new Date(first.getTime() - 1))).toEqual([0, 0, 0, 0]);
    const ahead = new Date(t.clock.now().getTime() + 60_000);
    await expect(balanceAt(ada, ahead)).rejects.toThrow(InstantAheadError);
  });

  it('says whether a block to come could still count', async () => {
    const { ada, seen } = await walk(2);
    const read = (at?: Date) => readBalanceAt(t.db, t.ledger, ada, at);
    expect(await read(seen[0]?.at)).toMatchObject({ blockSeq: 1, isFinal: true });
    expect(await read()).toMatchObject({ blockSeq: 4, isFinal: false });
  });

  it('is the same from checkpoints as from the whole history, and written once by many', async () => {
    const { ada, bank, seen } = await walk(40);
    const options = { everyTransfers: 4 };
    const written = await Promise.all(
      [1, 2, 3].map(() => writeCheckpoints(t.db, t.ledger, options)),
    );
    const [kept] = await t.sql('SELECT COUNT(*) AS kept FROM test_ledger_checkpoint');
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(Number(kept?.kept));
    expect(Number(kept?.kept)).toBeGreaterThan(10);
    expect(await writeCheckpoints(t.db, t.ledger, options)).toBe(0);
    for (const { at, sums } of seen) expect(await balanceAt(ada, at)).toEqual(sums);
    expect(await balanceAt(bank)).toEqual(await t.balances(bank));
    expect(await t.audit()).toEqual([]);
    await t.sql('UPDATE test_ledger_checkpoint SET credits_posted = credits_posted + 1 LIMIT 1');
    expect(await t.audit()).toEqual(['I2']);
  });

  it('is read from a bounded part of a long history', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    for (let block = 0; block < 30; block += 1) {
      await t.apply(Array.from({ length: 500 }, () => [posted(bank, ada, 1)]));
    }
    const read = () =>
      t.db.connection().execute(async (db) => {
        const rowsRead = async () => {
          const status = await db.executeQuery<{ Value: string }>(
            CompiledQuery.raw("SHOW SESSION STATUS LIKE 'Handler_read%'"),
          );
          return status.rows.reduce((sum, { Value }) => sum + Number(Value), 0);
        };
        const before = await rowsRead();
        const { creditsPosted } = await readBalanceAt(db, t.ledger, ada);
        expect(creditsPosted).toBe(15_000);
        return (await rowsRead()) - before;
      });
    expect(await read()).toBeGreaterThan(14_000);
    expect(await writeCheckpoints(t.db, t.ledger, { everyTransfers: 100 })).toBeGreaterThan(20);
    expect(await read()).toBeLessThan(5_000);
  });
});

describe('an account', () => {
  it('is closed for good once nothing is pending on it, and again without effect', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const held = pending(bank, ada, 5);
    await t.tell(held);
    const close = (id: string) => transact(t.db, (tx) => closeAccount(tx, t.ledger, id));
    await expect(close(ada)).rejects.toThrow(AccountHasHoldsError);
    await expect(close(newId())).rejects.toThrow(AccountNotFoundError);
    await t.tell(post(held.id));
    const { closedAt } = await close(ada);
    expect(closedAt).toBeInstanceOf(Date);
    t.clock.advanceMs(5_000);
    expect((await close(ada)).closedAt).toEqual(closedAt);
    expect(await t.tell(posted(bank, ada, 1))).toBe('account-closed');
    expect(await t.tell(pending(ada, bank, 1))).toBe('account-closed');
    expect(await t.balances(ada)).toEqual([0, 5, 0, 0]);
  });

  it('is closed or has a hold, when both come at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [bank, ada] = [await t.open(), await t.open()];
      const [closing, holding] = await Promise.all([
        transact(t.db, (tx) => closeAccount(tx, t.ledger, ada)).then(
          () => 'closed',
          () => 'refused',
        ),
        t.tell(pending(bank, ada, 1)),
      ]);
      expect([`closed account-closed`, 'refused ok']).toContain(`${closing} ${holding}`);
    }
  });

  it('carries a reference for ever, and is found by it page after page', async () => {
    const terms = (code: number, reference: string | null, unit = 'points') => ({
      ...{ id: newId(), unit, code, limitKind: 'none' as const, reference },
    });
    const accounts = [
      ...[terms(2, 'shop:1'), terms(1, 'shop:1'), terms(1, null), terms(9, 'shop:1')],
      ...[terms(1, 'shop:1', 'cents'), terms(1, 'shop:2'), terms(2, 'shop:1')],
    ];
    const make = (wanted = accounts) =>
      transact(t.db, (tx) => createAccounts(tx, t.ledger, wanted));
    await make();
    await make();
    await expect(make([{ ...terms(2, 'x'), id: accounts[0]?.id ?? '' }])).rejects.toThrow();
    await expect(make([terms(1, '评价')])).rejects.toThrow(RangeError);

    const span = { units: ['points', 'cents'], fromCode: 1, toCode: 5 };
    const order = (a: (typeof accounts)[number], b: (typeof accounts)[number]) =>
      a.unit.localeCompare(b.unit) || a.code - b.code || a.id.localeCompare(b.id);
    for (const reference of ['shop:1', null]) {
      const expected = accounts
        .filter((one) => one.code <= 5 && (reference === null || one.reference === reference))
        .toSorted(order);
      const found: Account[] = [];
      let after: Account | null = null;
      do {
        const filter = { ...span, reference, after, limit: 2 };
        const page: Account[] = await listAccountPage(t.db, t.ledger, filter);
        found.push(...page);
        after = page.at(1) ?? null;
      } while (after !== null);
      expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  });
});

it('lists the transfers of a reference, oldest first, of the accounts one may see', async () => {
  const [bank, ada] = [await t.open(), await t.open()];
  const wanted = [1, 2, 3].map((amount) => posted(bank, ada, amount, { reference: 'order:7' }));
  for (const one of wanted)
    await t.apply([[one], [posted(bank, ada, 9, { reference: 'order:8' })]]);
  const page = (fields: object) =>
    listTransfersByReference(t.db, t.ledger, {
      ...{ reference: 'order:7', fromCode: 1, toCode: 1, after: null, limit: 2 },
      ...fields,
    });
  const first = await page({});
  expect(first.map(({ transfer }) => transfer.amount)).toEqual([1, 2]);
  const rest = await page({ after: first[1]?.transfer });
  expect(rest.map(({ transfer }) => transfer.amount)).toEqual([3]);
  expect(await page({ fromCode: 2, toCode: 9 })).toEqual([]);
});
