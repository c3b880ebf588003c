import { createAccountTable } from '@ddp/ledger/create-tables';
import type { SqlRunner } from '@ddp/ledger/ledger';

export const up = (db: SqlRunner) => createAccountTable(db, 'points_ledger');
