import { insertHead, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(insertHead, 'points_ledger');
