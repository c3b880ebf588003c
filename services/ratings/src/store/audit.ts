import type { Invariant } from '@ddp/db-kit/invariant';
import { followUpInvariants } from './audit-follow-ups.ts';

const levelNumbers = [1, 2, 3, 4, 5];
const levelSums = levelNumbers.map((level) => `SUM(level = ${level}) AS level_${level}`).join();
const keptLevels = levelNumbers.map((level) => `level_${level}`).join();
const differs = levelNumbers
  .map((level) => `SUM(IF(side = 1, level_${level}, -level_${level})) <> 0`)
  .join(' OR ');

/** What must hold over the ratings; each query returns the rows that break it. */
export const ratingsInvariants: Invariant[] = [
  {
    name: 'I13 one walk-up rating for a rater, subject and day',
    description: 'a person rated the same subject twice on one day',
    // Sorted rather than kept in a table of millions of groups.
    sql: `SELECT SQL_BIG_RESULT HEX(subject_id) AS subject_id, HEX(person_id) AS person_id, rated_on
      FROM ratings_rating WHERE person_id IS NOT NULL AND kind = 'walk-up'
      GROUP BY subject_id, person_id, rated_on HAVING COUNT(*) > 1`,
  },
  ...followUpInvariants,
  {
    name: 'R1 a verified rating has a rater or was given by one who left',
    description: 'a rating is marked verified though it never had a person',
    sql: `SELECT HEX(id) AS id FROM ratings_rating
      WHERE is_verified = 1 AND person_id IS NULL
        AND LEFT(rater_key, 16) <> UNHEX(REPEAT('0', 32))
        AND rater_key <> UNHEX(SHA2(CONCAT('erased:', HEX(id)), 256))`,
  },
  {
    name: 'R6 nobody decides about a rating of their own',
    description: 'who is rated or gave the rating flagged it, lifted its flag or decided its case',
    sql: `SELECT HEX(flag.id) AS id FROM ratings_flag flag
      JOIN ratings_rating rated ON rated.id = flag.rating_id
      WHERE flag.flagged_by IN (rated.person_id, rated.subject_person_id)
        OR flag.lifted_by IN (rated.person_id, rated.subject_person_id)
      UNION ALL
      SELECT HEX(one.id) FROM ratings_case one
      JOIN ratings_case_rating listed ON listed.case_id = one.id
      JOIN ratings_rating rated ON rated.id = listed.rating_id
      WHERE one.decided_by IN (rated.person_id, rated.subject_person_id)`,
  },
  {
    name: 'R2 counters equal the ratings that count',
    description: 'a counter of a subject and month says something else than its ratings',
    sql: `SELECT HEX(subject_id) AS subject_id, month, rater_class FROM (
        SELECT 1 AS side, subject_id, month, rater_class, programme_id, unit_id, area_path,
          ${keptLevels} FROM ratings_counter
        UNION ALL
        SELECT 2 AS side, subject_id, CONVERT(DATE_FORMAT(rated_on, '%Y-%m') USING ascii),
          rater_class, programme_id, COALESCE(unit_id, UNHEX(REPEAT('0', 32))), area_path,
          ${levelSums} FROM ratings_rating WHERE state = 'counted' GROUP BY 1, 2, 3, 4, 5, 6, 7
      ) both_sides
      GROUP BY subject_id, month, rater_class, programme_id, unit_id, area_path
      HAVING ${differs}`,
  },
  {
    name: 'R3 what is told is of five raters or more, and of ratings that count',
    description: 'a group is told that is too small, or says more than its ratings',
    sql: `SELECT HEX(bin.id) AS id FROM ratings_bin bin
      LEFT JOIN ratings_rating rated ON rated.subject_id = bin.subject_id
        AND rated.rater_class = bin.rater_class AND rated.state = 'counted'
        AND rated.id >= bin.first_id AND rated.id <= bin.last_id
      WHERE bin.state = 'told'
      GROUP BY bin.id, bin.raters, bin.level_1, bin.level_2, bin.level_3, bin.level_4, bin.level_5
      HAVING bin.raters < 5 OR COUNT(DISTINCT rated.rater_key) < bin.raters
        OR bin.level_1 > COALESCE(SUM(rated.level = 1), 0)
        OR bin.level_2 > COALESCE(SUM(rated.level = 2), 0)
        OR bin.level_3 > COALESCE(SUM(rated.level = 3), 0)
        OR bin.level_4 > COALESCE(SUM(rated.level = 4), 0)
        OR bin.level_5 > COALESCE(SUM(rated.level = 5), 0)`,
  },
  {
    name: 'R4 groups that are told do not overlap',
    description: 'two groups of a subject tell of the same rating',
    sql: `SELECT HEX(one.id) AS id, HEX(other.id) AS other_id FROM ratings_bin one
      JOIN ratings_bin other ON other.subject_id = one.subject_id
        AND other.rater_class = one.rater_class
        AND other.first_id > one.first_id AND other.first_id <= one.last_id`,
  },
  {
    name: 'R5 a group is told where no flag stands in it, and nowhere else',
    description: 'a group is told though a rating in it is flagged, or held back without a flag',
    sql: `SELECT HEX(bin.id) AS id FROM ratings_bin bin
      LEFT JOIN ratings_flag flag ON flag.bin_id = bin.id AND flag.open_rating_id IS NOT NULL
      GROUP BY bin.id, bin.state
      HAVING (bin.state = 'told') <> (COUNT(flag.id) = 0)`,
  },
];
