import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_photo (
    id BINARY(16) NOT NULL,
    rater_key BINARY(32) NOT NULL,
    person_id BINARY(16) NULL,
    rating_id BINARY(16) NULL,
    digest BINARY(32) NOT NULL,
    media_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size INT NOT NULL,
    uploaded_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY ratings_photo_rating (rating_id),
    KEY ratings_photo_person (person_id),
    KEY ratings_photo_rater (rater_key),
    KEY ratings_photo_digest (digest),
    KEY ratings_photo_age (uploaded_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
