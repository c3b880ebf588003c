import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'ratings_rating',
  `ADD COLUMN once_key BINARY(16) NULL,
    ADD COLUMN unit_id BINARY(16) NULL,
    ADD COLUMN subject_person_id BINARY(16) NULL,
    ADD COLUMN rater_class VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'guest',
    ADD COLUMN question_version INT NOT NULL DEFAULT 0,
    ADD COLUMN state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'counted',
    ADD COLUMN words_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'shown',
    ADD COLUMN is_named TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN photo_count TINYINT NOT NULL DEFAULT 0,
    ADD COLUMN rates_again BINARY(16) NULL`,
);
