import { createAccountTable, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(createAccountTable, 'points_ledger');
