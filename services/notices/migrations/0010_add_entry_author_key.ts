import { addIndex } from '@ddp/db-kit/command-tables';

export const { up } = addIndex('notices_entry', 'notices_entry_author', 'author_id');
