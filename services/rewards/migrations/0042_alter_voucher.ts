import { alterTable } from '@ddp/db-kit/command-tables';

// The holder is who asked for it, unless it was given to somebody.
export const { up } = alterTable(
  'rewards_voucher',
  `ADD COLUMN holder_id BINARY(16) NULL,
  ADD COLUMN notice_at DATETIME(3) NULL,
  ADD KEY rewards_voucher_holder (holder_id, state),
  ADD KEY rewards_voucher_notice (state, notice_at)`,
);
