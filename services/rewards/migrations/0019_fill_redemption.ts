import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `UPDATE rewards_redemption SET quota_periods = quota_month,
    merchant_id = (SELECT b.merchant_id FROM rewards_benefit b
      WHERE b.id = rewards_redemption.benefit_id)
    WHERE quota_periods IS NULL`,
);
