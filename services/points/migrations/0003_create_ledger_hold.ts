import { createHoldTable, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(createHoldTable, 'points_ledger');
