import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `INSERT INTO codes_change_head (id, seq) VALUES (1, 0) ON DUPLICATE KEY UPDATE id = 1`,
);
