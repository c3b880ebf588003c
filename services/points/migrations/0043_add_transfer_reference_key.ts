import { addTransferReferenceKey } from '@ddp/ledger/extend-tables';

export const { up } = addTransferReferenceKey('points_ledger');
