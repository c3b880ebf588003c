import { ledgerMigration } from '@ddp/ledger/create-tables';
import { addAccountOrderKey } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(addAccountOrderKey, 'points_ledger');
