import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'rewards_verification',
  `ADD COLUMN shop_id BINARY(16) NULL,
  ADD KEY rewards_verification_day (merchant_id, verified_at)`,
);
