import { alterTable } from '@ddp/db-kit/command-tables';

// A paper has a secret of its own; the next print of it makes the last one worthless.
export const { up } = alterTable(
  'rewards_voucher',
  `ADD COLUMN print_key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN print_salt BINARY(16) NULL,
  ADD COLUMN prints INT NOT NULL DEFAULT 0`,
);
