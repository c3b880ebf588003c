import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'rewards_verification',
  'ADD COLUMN is_printed TINYINT NOT NULL DEFAULT 0',
);
