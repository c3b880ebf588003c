import { addIndex } from '@ddp/db-kit/command-tables';

/** What was used in an area this month is found among what was used in all years. */
export const { up } = addIndex('rewards_verification', 'rewards_verification_at', 'verified_at');
