import { ddl } from '@ddp/db-kit/command-tables';

// Every rule so far has a fixed amount, and is named after what it counts.
export const { up } = ddl(
  `UPDATE points_rule SET basis = rule, least_points = amount, most_points = amount,
    is_evidence_wanted = CASE rule WHEN 'rating' THEN 0 ELSE 1 END,
    title_zh = CASE rule WHEN 'rating' THEN '评价服务' WHEN 'activity' THEN '参加活动'
      WHEN 'meeting' THEN '参加议事' ELSE '调解纠纷' END,
    title_en = CASE rule WHEN 'rating' THEN 'Rating a service'
      WHEN 'activity' THEN 'Taking part in an activity'
      WHEN 'meeting' THEN 'Taking part in a meeting' ELSE 'Mediating a dispute' END
  WHERE basis = ''`,
);
