/** Which of an account's two sides may not outgrow the other; pending amounts count as used. */
export type LimitKind = 'none' | 'debits-may-not-exceed-credits' | 'credits-may-not-exceed-debits';

/** What an account is for its whole life. */
export interface AccountTerms {
  /** UUID, lower case, made by the caller. */
  id: string;
  /** What is counted, `points` or `cents`; 1–16 of `a-z 0-9 -`. Accounts of one unit trade. */
  unit: string;
  /** The caller's own sort of account, 0–65535. */
  code: number;
  limitKind: LimitKind;
  /** What it is for, in the caller's words: 1–64 of `A-Z a-z 0-9 . _ : / -`. */
  reference?: string | null;
}

/** Sums since the account was made, integers of the unit; posted sums only grow. */
export interface Balances {
  debitsPosted: number;
  creditsPosted: number;
  debitsPending: number;
  creditsPending: number;
}

export interface Account extends AccountTerms, Balances {
  reference: string | null;
  closedAt: Date | null;
  createdAt: Date;
}

/** Whether the balances keep to the account's limit. */
export function isWithinLimit(account: Account): boolean {
  switch (account.limitKind) {
    case 'none':
      return true;
    case 'debits-may-not-exceed-credits':
      return account.debitsPosted + account.debitsPending <= account.creditsPosted;
    case 'credits-may-not-exceed-debits':
      return account.creditsPosted + account.creditsPending <= account.debitsPosted;
  }
}

/** Whether every sum, and posted with pending together, still is an exact integer. */
export function isCountable(account: Account): boolean {
  return (
    Number.isSafeInteger(account.debitsPosted + account.debitsPending) &&
    Number.isSafeInteger(account.creditsPosted + account.creditsPending)
  );
}
