import { ddl } from '@ddp/db-kit/command-tables';

// What decides "once" becomes one short key; the same bytes are hashed by `onceKey` of the domain.
export const { up } = ddl(
  `UPDATE ratings_rating SET
    rater_class = CASE is_verified WHEN 1 THEN 'verified' ELSE 'guest' END,
    once_key = UNHEX(LEFT(SHA2(CONCAT(programme_id, subject_id, rater_key,
      CAST(DATE_FORMAT(rated_on, '%Y-%m-%d') AS BINARY)), 256), 32))
  WHERE once_key IS NULL`,
);
