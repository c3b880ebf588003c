import { addBlockHashName } from '@ddp/ledger/extend-tables';

export const { up } = addBlockHashName('points_ledger');
