import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_line (
    id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing_change INT NOT NULL,
    points_change INT NOT NULL,
    amount INT NOT NULL,
    award_id BINARY(16) NULL,
    hold_id BINARY(16) NULL,
    made_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY points_line_participation (participation_id, id),
    UNIQUE KEY points_line_award (award_id, kind),
    UNIQUE KEY points_line_hold (hold_id, kind)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
