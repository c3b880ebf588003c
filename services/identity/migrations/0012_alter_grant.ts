import { alterTable } from '@ddp/db-kit/command-tables';

// The phone that a clerk signed in on first, until the owner unbinds it.
export const { up } = alterTable(
  'identity_grant',
  `ADD COLUMN device VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN bound_at DATETIME(3) NULL,
  ADD KEY identity_grant_merchant (merchant_id)`,
);
