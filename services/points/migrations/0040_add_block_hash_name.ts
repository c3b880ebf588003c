import { addBlockHashName, ledgerMigration } from '@ddp/ledger/create-tables';

export const { up } = ledgerMigration(addBlockHashName, 'points_ledger');
