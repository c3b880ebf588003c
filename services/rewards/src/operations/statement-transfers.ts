import type { createAccounts, postTransfers } from '@ddp/contracts/points/routes';
import { payers } from '@ddp/contracts/rewards/benefits';
import type { RouteInput } from '@ddp/contracts/route';
import { deriveId } from '@ddp/db-kit/ids';
import { cutAmount } from '../domain/statement-sums.ts';
import type { Payer, StoredStatement } from '../store/statements.ts';

type Account = RouteInput<typeof createAccounts>['body']['accounts'][number];
type Transfer = RouteInput<typeof postTransfers>['body']['transfers'][number];

/** Sorts of account in the ledger, all in cents. */
const accountCode = { funding: 4_001, payable: 4_011, donated: 4_012, paid: 4_021 } as const;
/** Sorts of transfer. */
const transferCode = { statement: 4_001, payment: 4_002 } as const;

/** None is limited: a correction may bring a merchant below nothing, and budgets are kept here. */
const accountOf = (code: number, name: string, id: string): Account => ({
  id: deriveId('settlement-account', name, id),
  unit: 'cents',
  code,
  limit: 'none',
  reference: `${name}:${id}`,
});

const fundingOf = ({ programmeId }: StoredStatement, payer: Payer) =>
  accountOf(accountCode.funding, payer, programmeId);
const paidOf = ({ programmeId }: StoredStatement) =>
  accountOf(accountCode.paid, 'paid', programmeId);
/** What is donated is never paid out: it stands on an account of its own. */
const creditedOf = ({ merchantId }: StoredStatement, payer: Payer) =>
  payer === 'donated'
    ? accountOf(accountCode.donated, 'given', merchantId)
    : accountOf(accountCode.payable, 'payable', merchantId);

/** The accounts that a statement and its payment move between. */
export function accountsOf(statement: StoredStatement): Account[] {
  return [
    ...payers.map((payer) => fundingOf(statement, payer)),
    creditedOf(statement, 'donated'),
    creditedOf(statement, 'fund'),
    paidOf(statement),
  ];
}

/** From each payer to the merchant; the other way where corrections are more than vouchers. */
export function drawingOf(statement: StoredStatement): Transfer[] {
  return payers.flatMap((payer) => {
    const { cents } = statement.sums[payer];
    const [payerId, merchantId] = [fundingOf(statement, payer).id, creditedOf(statement, payer).id];
    const sides =
      cents > 0
        ? { debitAccountId: payerId, creditAccountId: merchantId }
        : { debitAccountId: merchantId, creditAccountId: payerId };
    return piecesOf(statement.id, payer, cents, { ...sides, code: transferCode.statement });
  });
}

export function paymentOf(statement: StoredStatement): Transfer[] {
  return piecesOf(statement.id, 'paid', statement.dueCents, {
    debitAccountId: creditedOf(statement, 'fund').id,
    creditAccountId: paidOf(statement).id,
    code: transferCode.payment,
  });
}

/** Ids follow from the statement, so that a repeat is known to the ledger. */
function piecesOf(
  statementId: string,
  what: Payer | 'paid',
  cents: number,
  fields: { debitAccountId: string; creditAccountId: string; code: number },
): Transfer[] {
  return cutAmount(cents).map((amount, index) => ({
    id: deriveId('settlement', statementId, what, String(index)),
    reference: `statement:${statementId}`,
    amount,
    unit: 'cents',
    ...fields,
  }));
}
