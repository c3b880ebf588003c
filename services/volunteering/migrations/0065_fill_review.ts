import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `UPDATE volunteering_review review
  JOIN volunteering_activity activity ON activity.id = review.activity_id
  SET review.area_path = activity.area_path WHERE review.area_path = ''`,
);
