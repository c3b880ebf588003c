import { ddl } from '@ddp/db-kit/command-tables';

// Number and token are drawn when it is asked for, so that a job that comes twice makes one paper.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_certificate (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    masked_name VARCHAR(8) NOT NULL,
    number CHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    failure VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    from_on DATE NOT NULL,
    until_on DATE NOT NULL,
    includes_recorded TINYINT NOT NULL,
    verified_minutes INT NOT NULL,
    recorded_minutes INT NOT NULL,
    issuer VARCHAR(40) NOT NULL,
    contact VARCHAR(20) NOT NULL,
    requested_by BINARY(16) NOT NULL,
    is_assisted TINYINT NOT NULL,
    requested_at DATETIME(3) NOT NULL,
    issued_on DATE NULL,
    issued_at DATETIME(3) NULL,
    paper_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    revoked_by BINARY(16) NULL,
    revoked_at DATETIME(3) NULL,
    revocation VARCHAR(200) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY volunteering_certificate_number (number),
    UNIQUE KEY volunteering_certificate_token (token),
    UNIQUE KEY volunteering_certificate_digest (paper_digest),
    KEY volunteering_certificate_person (person_id, id),
    KEY volunteering_certificate_area (area_path, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
