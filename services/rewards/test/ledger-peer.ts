import { newAccountsSchema, newTransfersSchema } from '@ddp/contracts/points/schemas';
import type * as z from 'zod';

type Account = z.output<typeof newAccountsSchema>['accounts'][number];
type Transfer = z.output<typeof newTransfersSchema>['transfers'][number] & { amount: number };

/** The ledger's part in a settlement by its contract: accounts in cents, and transfers by their ids. */
export function createLedgerPeer() {
  const accounts = new Map<string, Account>();
  const transfers = new Map<string, Transfer>();
  const trouble = {
    /** Answers no more after so many calls. */
    callsLeft: Number.POSITIVE_INFINITY,
    /** What is answered for the head, where it is not that of the transfers. */
    head: null as { seq: number; hash: string } | null,
  };

  const post = (transfer: Transfer) => {
    const known = transfers.get(transfer.id);
    const isSame = known && JSON.stringify(known) === JSON.stringify(transfer);
    if (!known) transfers.set(transfer.id, transfer);
    const status = known ? (isSame ? 'exists' : 'refused') : 'created';
    const problem = status === 'refused' ? 'id-used-with-other-fields' : null;
    return { id: transfer.id, status, problem };
  };

  return {
    accounts,
    transfers,
    trouble,
    /** What stands on the accounts of a reference, credits less debits. */
    balanceOf(reference: string): number {
      let sum = 0;
      for (const one of transfers.values()) {
        if (!('debitAccountId' in one)) continue;
        if (accounts.get(one.creditAccountId)?.reference === reference) sum += one.amount;
        if (accounts.get(one.debitAccountId)?.reference === reference) sum -= one.amount;
      }
      return sum;
    },
    /** Null for a request that is no business of the ledger. */
    async answer(request: Request): Promise<{ status: number; body: object } | null> {
      const what = new URL(request.url).pathname.split('/')[2];
      if (!/^(accounts|transfers|ledger-head)$/.test(what ?? '')) return null;
      trouble.callsLeft -= 1;
      if (trouble.callsLeft < 0) {
        return { status: 409, body: { type: 'urn:ddp:problem:conflict', title: '', status: 409 } };
      }
      if (what === 'ledger-head') {
        const head = { seq: transfers.size, hash: 'ab'.repeat(32) };
        return { status: 200, body: trouble.head ?? head };
      }
      const body: unknown = await request.json();
      if (what === 'accounts') {
        const { accounts: asked } = newAccountsSchema.parse(body);
        for (const one of asked) accounts.set(one.id, one);
        return { status: 201, body: { accounts: asked.length } };
      }
      const { transfers: asked } = newTransfersSchema.parse(body);
      return { status: 200, body: { results: asked.map((one) => post(one as Transfer)) } };
    },
  };
}
