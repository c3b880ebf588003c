import { createTransferTable, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(createTransferTable, 'points_ledger');
