import { alterTable } from '@ddp/db-kit/command-tables';

// Points of an award that was taken back while they were held: they go too if they come back.
export const { up } = alterTable('points_hold', 'ADD COLUMN take_back INT NOT NULL DEFAULT 0');
