import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'points_rule',
  `ADD COLUMN basis VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN title_zh VARCHAR(60) NOT NULL DEFAULT '',
  ADD COLUMN title_en VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN least_points INT NOT NULL DEFAULT 0,
  ADD COLUMN most_points INT NOT NULL DEFAULT 0,
  ADD COLUMN options LONGTEXT NULL,
  ADD COLUMN per_minutes INT NULL,
  ADD COLUMN daily_minutes INT NULL,
  ADD COLUMN monthly_cap INT NULL,
  ADD COLUMN programme_month_points INT NULL,
  ADD COLUMN is_evidence_wanted TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN approval_from_points INT NULL,
  ADD COLUMN publicity_from_points INT NULL,
  ADD COLUMN publicity_days INT NOT NULL DEFAULT 5,
  ADD COLUMN to_on DATE NULL`,
);
