import { ledgerMigration } from '@ddp/ledger/create-tables';
import { addAccountReferenceKey } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(addAccountReferenceKey, 'points_ledger');
