import { createHeadTable } from '@ddp/ledger/create-tables';
import type { SqlRunner } from '@ddp/ledger/ledger';

export const up = (db: SqlRunner) => createHeadTable(db, 'points_ledger');
