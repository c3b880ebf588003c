import { addIndex } from '@ddp/db-kit/command-tables';

/** Few ratings are withdrawn or left out: officers look for these among all. */
export const { up } = addIndex('ratings_rating', 'ratings_rating_state', 'state, id');
