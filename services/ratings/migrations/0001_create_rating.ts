import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_rating (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    subject_name VARCHAR(60) NOT NULL,
    code_id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rater_key BINARY(32) NOT NULL,
    person_id BINARY(16) NULL,
    is_verified TINYINT NOT NULL,
    level TINYINT NOT NULL,
    reasons VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    words VARCHAR(500) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rated_on DATE NOT NULL,
    rated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_rating_once (programme_id, subject_id, rater_key, rated_on),
    KEY ratings_rating_subject (subject_id, is_verified, level),
    KEY ratings_rating_person (person_id, id),
    KEY ratings_rating_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
