import { ddl } from '@ddp/db-kit/command-tables';

// Hours in the version that stands on the paper.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_certificate_item (
    certificate_id BINARY(16) NOT NULL,
    hours_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    minutes INT NOT NULL,
    PRIMARY KEY (certificate_id, hours_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
