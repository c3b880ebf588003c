import { ddl } from '@ddp/db-kit/command-tables';

// What somebody is to be asked about: hours, or an activity as a whole.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_review (
    id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BINARY(16) NOT NULL,
    activity_id BINARY(16) NOT NULL,
    outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    words VARCHAR(200) NULL,
    reviewed_by BINARY(16) NULL,
    listed_at DATETIME(3) NOT NULL,
    reviewed_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY volunteering_review_object (kind, object_id),
    KEY volunteering_review_activity (activity_id, id),
    KEY volunteering_review_open (reviewed_at, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
