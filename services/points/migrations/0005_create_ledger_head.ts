import { createHeadTable, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(createHeadTable, 'points_ledger');
