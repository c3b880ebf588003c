import { ledgerMigration } from '@ddp/ledger/create-tables';
import { addTransferReferenceKey } from '@ddp/ledger/extend-tables';

export const { up } = ledgerMigration(addTransferReferenceKey, 'points_ledger');
