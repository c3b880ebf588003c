import { alterTable } from '@ddp/db-kit/command-tables';

// A verification may be undone once; the voucher is then verified by another row.
export const { up } = alterTable(
  'rewards_verification',
  `ADD COLUMN attempt INT NOT NULL DEFAULT 1,
  ADD COLUMN undo_until DATETIME(3) NULL,
  ADD COLUMN undone_at DATETIME(3) NULL,
  ADD COLUMN undone_by BINARY(16) NULL,
  ADD COLUMN undone_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN undo_reason VARCHAR(200) NULL,
  DROP KEY rewards_verification_voucher,
  ADD UNIQUE KEY rewards_verification_attempt (voucher_id, attempt)`,
);
