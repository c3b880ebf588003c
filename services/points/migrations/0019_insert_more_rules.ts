import { ddl } from '@ddp/db-kit/command-tables';

const honours = JSON.stringify([
  { key: 'national', zh: '国家级', en: 'National', points: 300 },
  { key: 'region', zh: '自治区级', en: 'Autonomous region', points: 200 },
  { key: 'city', zh: '市级', en: 'City', points: 100 },
  { key: 'banner', zh: '旗区级', en: 'Banner or district', points: 50 },
  { key: 'township', zh: '苏木乡镇街道级', en: 'Township or subdistrict', points: 30 },
  { key: 'community', zh: '社区级', en: 'Community', points: 10 },
]);

// The other defaults: volunteering by the verified minute, good deeds after 公示, honours by issuer.
export const { up } = ddl(
  `INSERT INTO points_rule (programme_id, rule, version, basis, title_zh, title_en, least_points,
    most_points, options, per_minutes, daily_minutes, daily_cap, is_evidence_wanted,
    approval_from_points, publicity_from_points, publicity_days, matures_after_hours, from_on)
  SELECT * FROM (
    SELECT UNHEX(REPEAT('0', 32)) AS programme_id, 'volunteering' AS rule, 1 AS version,
      'volunteering' AS basis, '志愿服务' AS title_zh, 'Volunteering' AS title_en,
      10 AS least_points, 10 AS most_points, NULL AS options, 60 AS per_minutes,
      480 AS daily_minutes, NULL AS daily_cap, 0 AS is_evidence_wanted,
      NULL AS approval_from_points, NULL AS publicity_from_points, 5 AS publicity_days,
      0 AS matures_after_hours, DATE '2020-01-01' AS from_on
    UNION ALL SELECT UNHEX(REPEAT('0', 32)), 'good-deed', 1, 'good-deed', '好人好事',
      'A good deed', 20, 50, NULL, NULL, NULL, NULL, 1, 1, 1, 5, 0, DATE '2020-01-01'
    UNION ALL SELECT UNHEX(REPEAT('0', 32)), 'honour', 1, 'honour', '荣誉表彰', 'An honour',
      10, 300, '${honours}', NULL, NULL, NULL, 1, 50, 50, 5, 0, DATE '2020-01-01'
  ) AS defaults
  WHERE NOT EXISTS (SELECT 1 FROM points_rule WHERE rule IN ('volunteering', 'good-deed', 'honour'))`,
);
