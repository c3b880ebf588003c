import { alterTable } from '@ddp/db-kit/command-tables';

// When its points could be spent if nobody had to look at what they are for.
export const { up } = alterTable('points_award', 'ADD COLUMN own_matures_at DATETIME(3) NULL');
