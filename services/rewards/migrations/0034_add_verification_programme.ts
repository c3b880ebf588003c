import { addIndex } from '@ddp/db-kit/command-tables';

// Finds the first month of a programme that is to be settled.
export const { up } = addIndex(
  'rewards_verification',
  'rewards_verification_programme',
  'programme_id, verified_at',
);
