import { alterTable } from '@ddp/db-kit/command-tables';

// An area whose reviews are all done would read the open ones of everywhere to find none.
export const { up } = alterTable(
  'volunteering_review',
  'ADD KEY volunteering_review_open_area (reviewed_at, area_path, id)',
);
