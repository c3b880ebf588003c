import { createBlockTable, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(createBlockTable, 'points_ledger');
