import { createCheckpointTable } from '@ddp/ledger/extend-tables';

export const { up } = createCheckpointTable('points_ledger');
