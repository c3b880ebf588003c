import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { RatingsDatabase } from './database.ts';

/** What every operation of this service may use. */
export type RatingsDeps = ServiceDeps<RatingsDatabase>;
