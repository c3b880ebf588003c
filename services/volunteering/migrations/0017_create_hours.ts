import { ddl } from '@ddp/db-kit/command-tables';

// `id` is the sign-up of verified hours. What the ledger has is in `posted_minutes`; `post_at` says that it is to be told.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_hours (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id BINARY(16) NOT NULL,
    team_id BINARY(16) NOT NULL,
    activity_id BINARY(16) NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title VARCHAR(200) NOT NULL,
    on_day DATE NOT NULL,
    served_from DATETIME(3) NULL,
    most_minutes INT NOT NULL,
    minutes INT NOT NULL,
    beyond_cap INT NOT NULL,
    version INT NOT NULL,
    is_first TINYINT NOT NULL,
    account_id BINARY(16) NOT NULL,
    posted_minutes INT NOT NULL,
    posting_minutes INT NULL,
    posting_version INT NULL,
    post_at DATETIME(3) NULL,
    counted_by BINARY(16) NOT NULL,
    counted_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY volunteering_hours_person (person_id, kind, id),
    KEY volunteering_hours_area (area_path, id),
    KEY volunteering_hours_activity (activity_id, is_first),
    KEY volunteering_hours_post (post_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
