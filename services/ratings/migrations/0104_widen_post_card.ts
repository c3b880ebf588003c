import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'ratings_post_card',
  `ADD COLUMN role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL`,
);
