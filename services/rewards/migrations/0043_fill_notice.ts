import { ddl } from '@ddp/db-kit/command-tables';

// Nine in the morning in Asia/Shanghai, seven days before the last day.
export const { up } = ddl(
  `UPDATE rewards_voucher SET notice_at = expires_at - INTERVAL 183 HOUR
    WHERE state = 'issued' AND notice_at IS NULL`,
);
