import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `INSERT INTO ratings_pool (subject_id, rater_class, last_id, look_at)
  SELECT DISTINCT told.subject_id, told.rater_class, UNHEX(REPEAT('0', 32)), UTC_TIMESTAMP(3)
  FROM ratings_counter told
  LEFT JOIN ratings_pool kept
    ON kept.subject_id = told.subject_id AND kept.rater_class = told.rater_class
  WHERE kept.subject_id IS NULL`,
);
