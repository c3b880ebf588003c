import { ledgerMigration } from '@ddp/ledger/create-tables';
import { addBlockHashName } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(addBlockHashName, 'points_ledger');
