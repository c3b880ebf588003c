import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'rewards_merchant',
  `ADD COLUMN state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
  ADD COLUMN business VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN applicant_id BINARY(16) NULL,
  ADD COLUMN decided_by BINARY(16) NULL,
  ADD COLUMN reason VARCHAR(500) NULL,
  ADD COLUMN paused_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN monthly_ceiling_cents BIGINT NULL,
  ADD KEY rewards_merchant_applicant (applicant_id),
  ADD KEY rewards_merchant_state (state, id)`,
);
