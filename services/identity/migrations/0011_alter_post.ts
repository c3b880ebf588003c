import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable('identity_post', 'ADD COLUMN version INT NOT NULL DEFAULT 0');
