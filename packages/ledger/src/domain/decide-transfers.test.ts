import { describe, expect, it } from 'vitest';
import type { Account } from './account.ts';
import { decideTransfers } from './decide-transfers.ts';
import type {
  Chain,
  HoldState,
  PendingRequest,
  PostedRequest,
  Transfer,
  TransferRequest,
} from './transfer.ts';

const now = new Date('2026-11-24T08:00:00.000Z');
const bank = '00000000-0000-7000-8000-00000000000a';
const ada = '00000000-0000-7000-8000-00000000000b';

function tid(n: number): string {
  return `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`;
}

function account(id: string, fields: Partial<Account> = {}): Account {
  return {
    id,
    unit: 'points',
    code: 1,
    limitKind: 'none',
    reference: null,
    debitsPosted: 0,
    creditsPosted: 0,
    debitsPending: 0,
    creditsPending: 0,
    closedAt: null,
    createdAt: now,
    ...fields,
  };
}

function posted(n: number, fields: Partial<PostedRequest> = {}): PostedRequest {
  return {
    kind: 'posted',
    id: tid(n),
    debitAccountId: bank,
    creditAccountId: ada,
    amount: 10,
    unit: 'points',
    code: 1,
    reference: null,
    ...fields,
  };
}

function pending(n: number, fields: Partial<PendingRequest> = {}): PendingRequest {
  return { ...posted(n), kind: 'pending', expiresAt: null, ...fields };
}

function end(kind: 'void-pending' | 'expire-pending', n: number, of: number): TransferRequest {
  return { kind, id: tid(n), pendingId: tid(of), code: 1, reference: null };
}

function post(n: number, of: number, amount: number | null = null): TransferRequest {
  return { kind: 'post-pending', id: tid(n), pendingId: tid(of), amount, code: 1, reference: null };
}

function decide(chains: Chain[], accounts = [account(bank), account(ada)], at = now) {
  return decideTransfers(
    {
      accounts: new Map(accounts.map((one) => [one.id, one])),
      transfers: new Map<string, Transfer>(),
      holdStates: new Map<string, HoldState>(),
      blockSeq: 1,
      previousBlockAt: null,
    },
    chains,
    at,
  );
}

function statuses(chains: Chain[], accounts?: Account[], at?: Date): string[] {
  return decide(chains, accounts, at).verdicts.map((verdict) =>
    verdict.status === 'refused' ? verdict.problem : verdict.status,
  );
}

describe('decideTransfers', () => {
  it('a repeat gives the first result, other fields under the same id are refused', () => {
    const { verdicts } = decide([[posted(1)], [posted(1)], [posted(1, { amount: 11 })]]);
    expect(verdicts[1]).toEqual({
      status: 'exists',
      transfers: verdicts[0]?.status === 'ok' ? verdicts[0].transfers : [],
    });
    expect(verdicts[2]).toEqual({
      status: 'refused',
      problem: 'id-used-with-other-fields',
      index: 0,
    });
  });

  it.each([
    ['debitAccountId', { debitAccountId: ada, creditAccountId: bank }],
    ['unit', { unit: 'cents' }],
    ['code', { code: 2 }],
    ['reference', { reference: 'x' }],
  ])('%s is part of what a repeat must agree in', (_field, fields) => {
    expect(statuses([[posted(1)], [posted(1, fields)]])[1]).toBe('id-used-with-other-fields');
  });

  it('a hold repeated with another deadline, or as a posted transfer, is refused', () => {
    const expiresAt = new Date(now.getTime() + 1);
    expect(statuses([[pending(1)], [pending(1, { expiresAt })], [posted(1)]])).toEqual([
      'ok',
      'id-used-with-other-fields',
      'id-used-with-other-fields',
    ]);
  });

  it('posting the whole hold by amount repeats posting it whole', () => {
    expect(statuses([[pending(1)], [post(2, 1)], [post(2, 1, 10)], [post(2, 1, 9)]])).toEqual([
      'ok',
      'ok',
      'exists',
      'id-used-with-other-fields',
    ]);
  });

  it('a refused chain leaves no trace and names the transfer at fault', () => {
    const { verdicts, transfers, accounts } = decide([
      [posted(1), post(2, 99), posted(3)],
      [posted(4)],
    ]);
    expect(verdicts[0]).toEqual({ status: 'refused', problem: 'hold-not-found', index: 1 });
    expect(transfers.map(({ id, position }) => [id, position])).toEqual([[tid(4), 0]]);
    expect(accounts.get(ada)?.creditsPosted).toBe(10);
  });

  it('a chain sees its own earlier transfers', () => {
    const limited = account(ada, { limitKind: 'debits-may-not-exceed-credits' });
    const back = posted(2, { debitAccountId: ada, creditAccountId: bank });
    expect(statuses([[posted(1), back]], [account(bank), limited])).toEqual(['ok']);
    expect(statuses([[back, posted(1)]], [account(bank), limited])).toEqual(['exceeds-limit']);
  });

  it('a hold counts against the limit until it is over, and a part post returns the rest', () => {
    const limited = account(ada, {
      limitKind: 'debits-may-not-exceed-credits',
      creditsPosted: 10,
    });
    const spend = { debitAccountId: ada, creditAccountId: bank };
    const { verdicts, accounts } = decide(
      [
        [pending(1, { ...spend, amount: 8 })],
        [posted(2, { ...spend, amount: 3 })],
        [post(3, 1, 5)],
        [posted(4, { ...spend, amount: 5 })],
      ],
      [account(bank), limited],
    );
    expect(verdicts.map((verdict) => verdict.status)).toEqual(['ok', 'refused', 'ok', 'ok']);
    expect(accounts.get(ada)).toMatchObject({ debitsPosted: 10, debitsPending: 0 });
    expect(accounts.get(bank)).toMatchObject({ creditsPosted: 10, creditsPending: 0 });
  });

  it('a deadline is over at its very millisecond, for every way to end a hold', () => {
    const expiresAt = new Date(now.getTime() + 1_000);
    const state = decide([[pending(1, { expiresAt })]]);
    const at = (offset: number, request: TransferRequest) => {
      const { verdicts } = decideTransfers(
        {
          accounts: state.accounts,
          transfers: new Map(state.transfers.map((transfer) => [transfer.id, transfer])),
          holdStates: state.holdStates,
          blockSeq: 2,
          previousBlockAt: null,
        },
        [[request]],
        new Date(expiresAt.getTime() + offset),
      );
      const verdict = verdicts[0];
      return verdict?.status === 'refused' ? verdict.problem : verdict?.status;
    };
    expect([-1, 0, 1].map((offset) => at(offset, post(2, 1)))).toEqual([
      'ok',
      'hold-expired',
      'hold-expired',
    ]);
    expect([-1, 0].map((offset) => at(offset, end('void-pending', 2, 1)))).toEqual([
      'ok',
      'hold-expired',
    ]);
    expect([-1, 0].map((offset) => at(offset, end('expire-pending', 2, 1)))).toEqual([
      'hold-not-yet-expired',
      'ok',
    ]);
  });

  it('a closed account takes nothing new, but a hold on it can still be voided', () => {
    const hold = decide([[pending(1)]]);
    const closed = [...hold.accounts.values()].map((one) => ({ ...one, closedAt: now }));
    const rows = {
      accounts: new Map(closed.map((one) => [one.id, one])),
      transfers: new Map(hold.transfers.map((transfer) => [transfer.id, transfer])),
      holdStates: hold.holdStates,
      blockSeq: 2,
      previousBlockAt: null,
    };
    const { verdicts } = decideTransfers(
      rows,
      [[posted(2)], [post(3, 1)], [end('void-pending', 4, 1)]],
      now,
    );
    expect(verdicts.map((v) => (v.status === 'refused' ? v.problem : v.status))).toEqual([
      'account-closed',
      'account-closed',
      'ok',
    ]);
  });

  it('refuses sums that are no exact integers any more', () => {
    const full = account(ada, { creditsPosted: Number.MAX_SAFE_INTEGER - 10 });
    expect(statuses([[posted(1)], [posted(2, { amount: 1 })]], [account(bank), full])).toEqual([
      'ok',
      'balance-overflow',
    ]);
  });

  it('does not resolve a hold whose accounts are not among the locked ones', () => {
    const hold = decide([[pending(1)]]);
    const { verdicts } = decideTransfers(
      {
        accounts: new Map([[bank, account(bank)]]),
        transfers: new Map(hold.transfers.map((transfer) => [transfer.id, transfer])),
        holdStates: hold.holdStates,
        blockSeq: 2,
        previousBlockAt: null,
      },
      [[post(2, 1)]],
      now,
    );
    expect(verdicts).toEqual([{ status: 'refused', problem: 'hold-not-found', index: 0 }]);
  });

  it('never stamps a block before the one that went before, and judges deadlines by the clock', () => {
    const previousBlockAt = new Date(now.getTime() + 3_600_000);
    const soon = pending(1, { expiresAt: new Date(now.getTime() + 1) });
    const state = {
      accounts: new Map([bank, ada].map((id) => [id, account(id)])),
      transfers: new Map<string, Transfer>(),
      holdStates: new Map<string, HoldState>(),
      blockSeq: 2,
    };
    const late = decideTransfers({ ...state, previousBlockAt }, [[soon]], now);
    expect(late.blockAt).toEqual(previousBlockAt);
    expect(late.verdicts).toMatchObject([
      { status: 'ok', transfers: [{ createdAt: previousBlockAt }] },
    ]);
    const usual = decideTransfers({ ...state, previousBlockAt: new Date(0) }, [[soon]], now);
    expect(usual.blockAt).toEqual(now);
  });

  it('changes nothing of the state it was given', () => {
    const accounts = [Object.freeze(account(bank)), Object.freeze(account(ada))];
    decide([[posted(1)], [pending(2)], [post(3, 2)]], accounts);
    expect(accounts[1]).toEqual(account(ada));
  });
});
