import { addIndex } from '@ddp/db-kit/command-tables';

export const { up } = addIndex('ratings_post_card', 'ratings_post_card_area', 'area_path, role');
