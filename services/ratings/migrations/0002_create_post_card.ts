import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_post_card (
    post_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    unit_id BINARY(16) NULL,
    from_on DATE NOT NULL,
    to_on DATE NULL,
    PRIMARY KEY (post_id),
    KEY ratings_post_card_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
