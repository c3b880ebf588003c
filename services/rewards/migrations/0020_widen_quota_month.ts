import { ddl } from '@ddp/db-kit/command-tables';

// A period is a day, a week, a month or `total` by now.
export const { up } = ddl(
  `ALTER TABLE rewards_quota
    MODIFY quota_month VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`,
);
