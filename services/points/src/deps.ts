import type { CommitGroup } from '@ddp/db-kit/group-commit';
import type { Account } from '@ddp/ledger/domain/account';
import type { Chain } from '@ddp/ledger/domain/transfer';
import type { ChainVerdict } from '@ddp/ledger/domain/verdict';
import type { Ledger } from '@ddp/ledger/ledger';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { PointsDatabase } from './database.ts';

/** Chains that are written as one block. */
export type LedgerGroup = CommitGroup<readonly Chain[], ChainVerdict[]>;

/** What every operation of this service may use. */
export interface PointsDeps extends ServiceDeps<PointsDatabase> {
  ledger: Ledger;
  /** Collects the transfers of other services into common commits. */
  ledgerGroup: LedgerGroup;
  /** Reads an account of the ledger; reads that wait at the same moment are one statement. */
  readLedgerAccount: (id: string) => Promise<Account | undefined>;
  /** Of which ledger account is known whose it is; codes never change, so that this never ages. */
  accountCodes: Map<string, number>;
  /** Where heads of the ledger are kept outside the database; null where they are not. */
  anchorFile: string | null;
  /** Recorded events that a dry run looks at, at the most. */
  dryRunEvents: number;
}
