import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable('codes_batch', 'ADD COLUMN left_out INT NOT NULL DEFAULT 0');
