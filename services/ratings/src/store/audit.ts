import type { Invariant } from '@ddp/db-kit/invariant';
import { followUpInvariants } from './audit-follow-ups.ts';

/** What must hold over the ratings; each query returns the rows that break it. */
export const ratingsInvariants: Invariant[] = [
  {
    name: 'I13 one walk-up rating for a rater, subject and day',
    description: 'a person rated the same subject twice on one day',
    sql: `SELECT HEX(subject_id) AS subject_id, HEX(person_id) AS person_id, rated_on
      FROM ratings_rating WHERE person_id IS NOT NULL
      GROUP BY subject_id, person_id, rated_on HAVING COUNT(*) > 1`,
  },
  ...followUpInvariants,
  {
    name: 'R1 a verified rating has a rater or was given by one who left',
    description: 'a rating is marked verified though it never had a person',
    sql: `SELECT HEX(id) AS id FROM ratings_rating
      WHERE is_verified = 1 AND person_id IS NULL
        AND rater_key <> UNHEX(SHA2(CONCAT('erased:', HEX(id)), 256))`,
  },
];
