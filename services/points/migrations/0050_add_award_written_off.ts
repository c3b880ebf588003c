import { alterTable } from '@ddp/db-kit/command-tables';

// Points of an award that were not there any more when it was taken back.
export const { up } = alterTable('points_award', 'ADD COLUMN written_off INT NOT NULL DEFAULT 0');
