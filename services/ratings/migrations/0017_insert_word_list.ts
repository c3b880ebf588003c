import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  'INSERT INTO ratings_word_list (id, version) VALUES (1, 0) ON DUPLICATE KEY UPDATE id = id',
);
