import { addIndex } from '@ddp/db-kit/command-tables';

export const { up } = addIndex('ratings_follow_up', 'ratings_follow_up_desk', 'desk_path');
