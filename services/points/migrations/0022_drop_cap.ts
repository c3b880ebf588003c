import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl('DROP TABLE IF EXISTS points_cap');
