import { alterTable } from '@ddp/db-kit/command-tables';

// Null once the person was erased: a rating must not lead to who made it.
export const { up } = alterTable('points_award', 'MODIFY COLUMN source_id BINARY(16) NULL');
