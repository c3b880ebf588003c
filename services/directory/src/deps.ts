import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { DirectoryDatabase } from './database.ts';

/** What every operation of this service may use. */
export type DirectoryDeps = ServiceDeps<DirectoryDatabase>;
