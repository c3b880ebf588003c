import { ddl } from '@ddp/db-kit/command-tables';

// Until now a benefit had one merchant with all of its stock.
export const { up } = ddl(
  `INSERT INTO rewards_share (benefit_id, merchant_id, initial_stock, available, reserved, sold)
    SELECT b.id, b.merchant_id, b.initial_stock, b.available, b.reserved, b.sold
    FROM rewards_benefit b LEFT JOIN rewards_share s ON s.benefit_id = b.id
    WHERE s.benefit_id IS NULL`,
);
