import { alterTable } from '@ddp/db-kit/command-tables';

// When the one who is served said so, for shifts whose activity names one.
export const { up } = alterTable('volunteering_shift', 'ADD COLUMN served_at DATETIME(3) NULL');
