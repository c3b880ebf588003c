import { ledgerMigration } from '@ddp/ledger/create-tables';
import { createCheckpointTable } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(createCheckpointTable, 'points_ledger');
