import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS identity_person (
    id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
    key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    data_key VARBINARY(80) NULL,
    name_sealed VARBINARY(320) NULL,
    phone_sealed VARBINARY(80) NULL,
    is_demo TINYINT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    erased_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    KEY identity_person_path (area_path),
    KEY identity_person_demo (is_demo)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
