import { ddl } from '@ddp/db-kit/command-tables';

const level = (one: number) => `SUM(level = ${one})`;

export const { up } = ddl(
  `INSERT INTO ratings_counter (subject_id, month, rater_class, programme_id, unit_id, area_path,
    level_1, level_2, level_3, level_4, level_5)
  SELECT told.subject_id, told.month, told.rater_class, told.programme_id, told.unit_id,
    told.area_path, told.level_1, told.level_2, told.level_3, told.level_4, told.level_5
  FROM (
    SELECT subject_id, CONVERT(DATE_FORMAT(rated_on, '%Y-%m') USING ascii) AS month, rater_class,
      programme_id, COALESCE(unit_id, UNHEX(REPEAT('0', 32))) AS unit_id, area_path,
      ${level(1)} AS level_1, ${level(2)} AS level_2, ${level(3)} AS level_3,
      ${level(4)} AS level_4, ${level(5)} AS level_5
    FROM ratings_rating WHERE state = 'counted' GROUP BY 1, 2, 3, 4, 5, 6
  ) told
  LEFT JOIN ratings_counter kept ON kept.subject_id = told.subject_id
  WHERE kept.subject_id IS NULL`,
);
