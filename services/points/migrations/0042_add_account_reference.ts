import { addAccountReference } from '@ddp/ledger/extend-tables';

export const { up } = addAccountReference('points_ledger');
