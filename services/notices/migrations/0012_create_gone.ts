import { ddl } from '@ddp/db-kit/command-tables';

// Who was erased: what comes about them later leads to nobody.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_gone (
    person_id BINARY(16) NOT NULL,
    gone_at DATETIME(3) NOT NULL,
    PRIMARY KEY (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
