import { ledgerMigration } from '@ddp/ledger/create-tables';
import { addBlockTimeKey } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(addBlockTimeKey, 'points_ledger');
