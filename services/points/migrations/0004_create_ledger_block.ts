import { createBlockTable } from '@ddp/ledger/create-tables';
import type { SqlRunner } from '@ddp/ledger/ledger';

export const up = (db: SqlRunner) => createBlockTable(db, 'points_ledger');
