import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'volunteering_activity',
  'ADD COLUMN project_id BINARY(16) NULL, ADD KEY volunteering_activity_project (project_id, state)',
);
