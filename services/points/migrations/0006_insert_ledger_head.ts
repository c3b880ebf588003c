import { insertHead } from '@ddp/ledger/create-tables';
import type { SqlRunner } from '@ddp/ledger/ledger';

export const up = (db: SqlRunner) => insertHead(db, 'points_ledger');
