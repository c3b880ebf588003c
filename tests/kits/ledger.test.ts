import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { applyChains } from '@ddp/ledger/apply-chains';
import { AccountConflictError, createAccounts } from '@ddp/ledger/create-accounts';
import { AccountNotFoundError, listAccountTransfers, readAccount } from '@ddp/ledger/read-accounts';
import { findTransfer } from '@ddp/ledger/read-transfers';
import { verifyChain } from '@ddp/ledger/verify-chain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  nameOf,
  openLedger,
  pending,
  post,
  posted,
  type TestLedger,
  voiding,
} from './ledger-fixture.ts';

const floor = 'debits-may-not-exceed-credits';
let t: TestLedger;

beforeAll(async () => {
  t = await openLedger();
});

afterAll(async () => {
  expect(await t.audit()).toEqual([]);
  expect((await verifyChain(t.db, t.ledger.prefix)).fault).toBeNull();
  await t.db.destroy();
});

describe('accounts', () => {
  it('are made once; a repeat changes nothing, other fields are an error', async () => {
    const terms = { id: newId(), unit: 'points', code: 7, limitKind: floor } as const;
    const make = (code: number) =>
      transact(t.db, (tx) => createAccounts(tx, t.ledger, [{ ...terms, code }]));
    const [first] = await make(7);
    expect(first).toMatchObject({ ...terms, debitsPosted: 0, closedAt: null });
    expect(await make(7)).toEqual([first]);
    await expect(make(8)).rejects.toThrow(AccountConflictError);
    expect(await readAccount(t.db, t.ledger, terms.id)).toEqual(first);
    await expect(readAccount(t.db, t.ledger, newId())).rejects.toThrow(AccountNotFoundError);
  });

  it('are made once by twenty at the same moment', async () => {
    const wanted = Array.from({ length: 5 }, () => ({
      id: newId(),
      unit: 'points',
      code: 1,
      limitKind: 'none' as const,
    }));
    const all = await Promise.all(
      Array.from({ length: 20 }, () =>
        transact(t.db, (tx) => createAccounts(tx, t.ledger, wanted)),
      ),
    );
    expect(new Set(all.map((accounts) => JSON.stringify(accounts))).size).toBe(1);
  });
});

describe('transfers', () => {
  it('move the amount once, however often they are sent', async () => {
    const [bank, ada] = [await t.open(), await t.open(floor)];
    const request = posted(bank, ada, 10, { reference: 'rating:1' });
    const first = await t.apply([[request]]);
    expect(await t.apply([[request]])).toEqual([{ ...first[0], status: 'exists' }]);
    expect(await t.tell({ ...request, amount: 11 })).toBe('id-used-with-other-fields');
    expect(await t.balances(ada)).toEqual([0, 10, 0, 0]);
    expect(await findTransfer(t.db, t.ledger, request.id)).toMatchObject({
      transfer: { reference: 'rating:1', amount: 10, kind: 'posted' },
      holdState: null,
    });
    expect(await findTransfer(t.db, t.ledger, newId())).toBeNull();
  });

  it('are written once when a hundred send the same one at the same moment', async () => {
    const [bank, ada] = [await t.open(), await t.open(floor)];
    const request = posted(bank, ada, 10);
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => t.tell(request)));
    expect(verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'exists')).toHaveLength(99);
    expect(await t.balances(ada)).toEqual([0, 10, 0, 0]);
  });

  it('with one id and different accounts at the same moment: one is written', async () => {
    const bank = await t.open();
    const others = await Promise.all(Array.from({ length: 10 }, () => t.open()));
    const request = posted(bank, bank, 1);
    const verdicts = await Promise.all(
      others.map((creditAccountId) => t.tell({ ...request, creditAccountId })),
    );
    expect(verdicts.sort()).toEqual([...Array(9).fill('id-used-with-other-fields'), 'ok']);
  });

  it('each get their own verdict in a batch; a refused one harms nobody', async () => {
    const [bank, ada, ben] = [await t.open(), await t.open(floor), await t.open(floor)];
    const cents = await t.open('none', 'cents');
    const verdicts = await t.apply([
      [posted(bank, ada, 5)],
      [posted(ada, ben, 6)],
      [posted(ada, ben, 2), posted(ada, ben, 3)],
      [posted(ben, ada, 1), posted(ben, ada, 5)],
      [posted(bank, newId(), 1)],
      [posted(bank, cents, 1)],
      [posted(bank, bank, 1)],
      [post(newId())],
      [posted(bank, ada, 1)],
    ]);
    expect(verdicts.map(nameOf)).toEqual([
      'ok',
      'exceeds-limit',
      'ok',
      'exceeds-limit',
      'account-not-found',
      'unit-mismatch',
      'same-account',
      'hold-not-found',
      'ok',
    ]);
    expect(await t.balances(ada)).toEqual([5, 6, 0, 0]);
    expect(await t.balances(ben)).toEqual([0, 5, 0, 0]);
  });

  it('refuses a malformed request before any write', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const good = posted(bank, ada, 1);
    for (const amount of [0, -1, 1.5, 2 ** 53, Number.NaN]) {
      await expect(t.apply([[good], [posted(bank, ada, amount)]])).rejects.toThrow(RangeError);
    }
    expect(await t.balances(ada)).toEqual([0, 0, 0, 0]);
  });

  it('roll back with the transaction of the caller', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const request = posted(bank, ada, 1);
    const failing = transact(t.db, async (tx) => {
      await applyChains(tx, t.ledger, [[request]]);
      throw new Error('the caller changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await findTransfer(t.db, t.ledger, request.id)).toBeNull();
    expect(await t.tell(request)).toBe('ok');
  });

  it('never have a time before the one that went before, also where the clock goes back', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const times: number[] = [];
    for (const step of [0, -60_000, 1_000, 120_000]) {
      t.clock.advanceMs(step);
      const [verdict] = await t.apply([[posted(bank, ada, 1)]]);
      if (verdict?.status !== 'ok') throw new Error('not written');
      times.push(verdict.transfers[0]?.createdAt.getTime() ?? 0);
    }
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(50_000);
  });

  it('carry amounts up to 2^53 - 1 exactly, and refuse sums beyond', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    expect(await t.tell(posted(bank, ada, Number.MAX_SAFE_INTEGER))).toBe('ok');
    expect(await t.balances(ada)).toEqual([0, Number.MAX_SAFE_INTEGER, 0, 0]);
    expect(await t.tell(posted(bank, ada, 1))).toBe('balance-overflow');
  });

  it('are listed by account, page after page, in the order in which they happened', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const requests = Array.from({ length: 23 }, (_, n) =>
      n % 3 === 0 ? posted(ada, bank, n + 1) : posted(bank, ada, n + 1),
    );
    await t.apply(requests.slice(0, 11).map((request) => [request]));
    await t.apply([requests.slice(11)]);
    for (const order of ['oldest-first', 'newest-first'] as const) {
      const seen: string[] = [];
      let after = null;
      for (;;) {
        const page = await listAccountTransfers(t.db, t.ledger, ada, { limit: 5, after, order });
        seen.push(...page.map((transfer) => transfer.id));
        const last = page.at(-1);
        if (page.length < 5 || last === undefined) break;
        after = last;
      }
      const ids = requests.map((request) => request.id);
      expect(seen).toEqual(order === 'oldest-first' ? ids : ids.reverse());
    }
  });

  it('takes 1,000 in one block with 1,001 accounts', async () => {
    const bank = await t.open();
    const wanted = Array.from({ length: 1_000 }, () => ({
      id: newId(),
      unit: 'points',
      code: 1,
      limitKind: 'debits-may-not-exceed-credits' as const,
    }));
    await transact(t.db, (tx) => createAccounts(tx, t.ledger, wanted));
    const verdicts = await t.apply(wanted.map(({ id }, n) => [posted(bank, id, n + 1)]));
    expect(verdicts.every((verdict) => verdict.status === 'ok')).toBe(true);
    expect(await t.balances(bank)).toEqual([500_500, 0, 0, 0]);
    expect(await t.balances(wanted[999]?.id ?? '')).toEqual([0, 1_000, 0, 0]);
  });
});

describe('holds', () => {
  it('count until posted; a part post returns the rest', async () => {
    const [bank, ada] = [await t.open(), await t.open(floor)];
    const hold = pending(ada, bank, 8);
    await t.apply([[posted(bank, ada, 10)], [hold]]);
    expect(await t.balances(ada)).toEqual([0, 10, 8, 0]);
    expect(await t.tell(posted(ada, bank, 3))).toBe('exceeds-limit');
    expect(await t.tell(post(hold.id, 9))).toBe('amount-exceeds-hold');
    const posting = post(hold.id, 5);
    expect(await t.tell(posting)).toBe('ok');
    expect(await t.tell(posting)).toBe('exists');
    expect(await t.tell(post(hold.id, 5))).toBe('hold-already-posted');
    expect(await t.tell(voiding(hold.id))).toBe('hold-already-posted');
    expect(await t.balances(ada)).toEqual([5, 10, 0, 0]);
    expect((await findTransfer(t.db, t.ledger, hold.id))?.holdState).toBe('posted');
  });

  it('can be made and ended within one batch and within one chain', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const [one, two] = [pending(bank, ada, 4), pending(bank, ada, 6)];
    const verdicts = await t.apply([[one], [voiding(one.id)], [two, post(two.id)]]);
    expect(verdicts.map(nameOf)).toEqual(['ok', 'ok', 'ok']);
    expect(await t.balances(ada)).toEqual([0, 6, 0, 0]);
  });

  it('are over at their deadline by database time, before any sweep', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const expiresAt = new Date(t.clock.now().getTime() + 60_000);
    const hold = pending(bank, ada, 4, expiresAt);
    expect(await t.tell(hold)).toBe('ok');
    expect(await t.sweep()).toEqual([]);
    t.clock.advanceMs(60_000);
    expect(await t.tell(post(hold.id))).toBe('hold-expired');
    expect(await t.tell(voiding(hold.id))).toBe('hold-expired');
    expect(await t.balances(ada)).toEqual([0, 0, 0, 4]);
    const swept = await t.sweep();
    expect(swept).toMatchObject([{ kind: 'expire-pending', pendingId: hold.id, amount: 4 }]);
    expect(await t.sweep()).toEqual([]);
    expect(await t.tell(post(hold.id))).toBe('hold-already-expired');
    expect(await t.balances(ada)).toEqual([0, 0, 0, 0]);
  });

  it('are swept in bounded batches', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const expiresAt = new Date(t.clock.now().getTime() + 60_000);
    await t.apply(Array.from({ length: 7 }, () => [pending(bank, ada, 1, expiresAt)]));
    t.clock.advanceMs(61_000);
    expect([(await t.sweep(5)).length, (await t.sweep(5)).length]).toEqual([5, 2]);
  });

  it('end exactly once when post, void and expiry come at the same moment', async () => {
    const [bank, ada] = [await t.open(), await t.open()];
    const rounds = 25;
    for (let round = 0; round < rounds; round += 1) {
      const expiresAt = new Date(t.clock.now().getTime() + 25);
      const hold = pending(bank, ada, 1, expiresAt);
      await t.tell(hold);
      const sweep = async () => {
        const swept = await t.sweep();
        return swept.some((transfer) => transfer.pendingId === hold.id) ? 'ok' : 'nothing';
      };
      const outcomes = await Promise.all([
        t.tell(post(hold.id)),
        t.tell(voiding(hold.id)),
        sweep(),
        t.tell(post(hold.id)),
        sweep(),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'ok').length).toBeLessThanOrEqual(1);
    }
    t.clock.advanceMs(30);
    await t.sweep();
    const [, creditsPosted, , creditsPending] = await t.balances(ada);
    expect(creditsPending).toBe(0);
    expect(creditsPosted).toBeLessThanOrEqual(rounds);
  });

  it('a hundred holds of 10 on 500 points: exactly 50', async () => {
    const [bank, ada] = [await t.open(), await t.open(floor)];
    await t.tell(posted(bank, ada, 500));
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => t.tell(pending(ada, bank, 10))),
    );
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'exceeds-limit')).toHaveLength(50);
    expect(await t.balances(ada)).toEqual([0, 500, 500, 0]);
  });
});

describe('many writers', () => {
  it('random transfers among eight accounts never change the total nor go below zero', async () => {
    const bank = await t.open();
    const ids = await Promise.all(Array.from({ length: 8 }, () => t.open(floor)));
    await t.apply(ids.map((id) => [posted(bank, id, 100)]));
    const choose = () => ids[Math.floor(Math.random() * ids.length)] ?? '';
    const writer = async () => {
      for (let round = 0; round < 20; round += 1) {
        const chains = Array.from({ length: 5 }, () => [
          posted(choose(), choose(), 1 + Math.floor(Math.random() * 40)),
        ]);
        const verdicts = await t.apply(chains);
        for (const name of verdicts.map(nameOf)) {
          expect(['ok', 'exceeds-limit', 'same-account']).toContain(name);
        }
        const [row] = await t.sql(
          `SELECT SUM(credits_posted - debits_posted) AS total,
             MIN(credits_posted - debits_posted) AS lowest
           FROM test_ledger_account WHERE HEX(id) IN (${ids
             .map((id) => `'${id.replaceAll('-', '').toUpperCase()}'`)
             .join(',')})`,
        );
        expect(Number(row?.total)).toBe(800);
        expect(Number(row?.lowest)).toBeGreaterThanOrEqual(0);
      }
    };
    await Promise.all(Array.from({ length: 6 }, writer));
    expect(await t.audit()).toEqual([]);
  });
});
