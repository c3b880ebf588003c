import { alterTable } from '@ddp/db-kit/command-tables';

// The amount stands in least_points and most_points now; without a daily cap there is none.
export const { up } = alterTable('points_rule', 'DROP COLUMN amount, MODIFY daily_cap INT NULL');
