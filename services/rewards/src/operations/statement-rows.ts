import { civilDateOf, startOf } from '@ddp/calendar/civil-date';
import type { MerchantStatement, StatementLine } from '@ddp/contracts/rewards/settlements';
import { payerNames, statementStateNames } from '../catalogue/statement-columns.ts';

const yuanOf = (cents: number) => cents / 100;

/** The time of an instant's day in Asia/Shanghai, `14:05:09`. */
export function timeOf(instant: Date): string {
  const ms = instant.getTime() - startOf(civilDateOf(instant)).getTime();
  return new Date(ms).toISOString().slice(11, 19);
}

/** A statement as a row of a table; amounts are numbers, so that a sheet can add them up. */
export function toStatementRow(statement: MerchantStatement) {
  const { number, month, merchantName, state, vouchers, payers, chainHead } = statement;
  const [donated, subsidised, fund] = (['donated', 'subsidised', 'fund'] as const).map((payer) =>
    yuanOf(payers.find((one) => one.payer === payer)?.cents ?? 0),
  );
  return {
    ...{ number, month, vouchers, merchant: merchantName, state: statementStateNames[state] },
    points: payers.reduce((sum, { points }) => sum + points, 0),
    ...{ donated: donated ?? 0, subsidised: subsidised ?? 0, fund: fund ?? 0 },
    correction: yuanOf(statement.correctionCents),
    carriedIn: yuanOf(statement.carriedInCents),
    ceiling: statement.ceilingCents === null ? '不设' : yuanOf(statement.ceilingCents),
    due: yuanOf(statement.dueCents),
    carriedOut: yuanOf(statement.carriedOutCents),
    reference: statement.paymentReference ?? '',
    head: `${chainHead.blockSeq} ${chainHead.hash}`,
  };
}

export function toLineRow(
  { number, merchantName }: Pick<MerchantStatement, 'number' | 'merchantName'>,
  line: StatementLine,
) {
  const verifiedAt = new Date(line.verifiedAt);
  return {
    ...{ number, merchant: merchantName, kind: line.kind === 'voucher' ? '核销' : '更正' },
    ...{ day: civilDateOf(verifiedAt), time: timeOf(verifiedAt), title: line.benefitTitle },
    ...{ shop: line.shopName ?? '', by: line.verifiedBy, payer: payerNames[line.payer] },
    ...{ sponsor: line.sponsor ?? '', points: line.points, yuan: yuanOf(line.cents) },
    voucher: line.voucherId,
  };
}
