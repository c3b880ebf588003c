import { addBlockTimeKey } from '@ddp/ledger/extend-tables';

export const { up } = addBlockTimeKey('points_ledger');
