import { alterTable } from '@ddp/db-kit/command-tables';

// Tables of hours are of some days; by area alone an export would read all that ever were there.
export const { up } = alterTable(
  'volunteering_hours',
  'ADD KEY volunteering_hours_on (on_day, area_path)',
);
