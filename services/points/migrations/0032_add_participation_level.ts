import { addColumns } from '@ddp/db-kit/command-tables';

export const { up } = addColumns('points_participation', {
  level_standing: 'INT NOT NULL DEFAULT 0',
  level_until: 'DATE NULL',
});
