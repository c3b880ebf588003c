import { ledgerMigration } from '@ddp/ledger/create-tables';
import { addAccountReference } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(addAccountReference, 'points_ledger');
