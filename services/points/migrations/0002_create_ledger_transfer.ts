import { createTransferTable } from '@ddp/ledger/create-tables';
import type { SqlRunner } from '@ddp/ledger/ledger';

export const up = (db: SqlRunner) => createTransferTable(db, 'points_ledger');
