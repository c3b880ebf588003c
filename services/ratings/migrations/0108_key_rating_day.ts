import { addIndex } from '@ddp/db-kit/command-tables';

/** The watch looks at the ratings of two days among those of all years. */
export const { up } = addIndex('ratings_rating', 'ratings_rating_day', 'rated_on');
