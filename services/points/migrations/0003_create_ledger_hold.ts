import { createHoldTable } from '@ddp/ledger/create-tables';
import type { SqlRunner } from '@ddp/ledger/ledger';

export const up = (db: SqlRunner) => createHoldTable(db, 'points_ledger');
