import { decideTransfers } from '@ddp/ledger/domain/decide-transfers';
import * as lots from '../../services/points/src/domain/lots.ts';

/** The rules of the product that are simulated; a test may put damaged ones in their place. */
export interface Rules {
  decideTransfers: typeof decideTransfers;
  lots: Pick<typeof lots, 'planIssue' | 'planHold' | 'planPosting' | 'planReturn' | 'planExpiry'>;
}

export const productRules: Rules = { decideTransfers, lots };
