import { addIndex } from '@ddp/db-kit/command-tables';

export const { up } = addIndex('ratings_rating', 'ratings_rating_day', 'rated_on');
