import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { CodesDatabase } from './database.ts';
import type { Scans } from './operations/find-scan.ts';
import type { PlaceKeys } from './place-keys.ts';
import type { ScanCounter } from './scan-counter.ts';

/** What every operation of this service may use. */
export interface CodesDeps extends ServiceDeps<CodesDatabase> {
  /** The origin that printed codes lead to, without a slash at the end. */
  publicUrl: string;
  scans: Scans;
  scanCounter: ScanCounter;
  placeKeys: PlaceKeys;
}
