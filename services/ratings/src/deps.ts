import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import type { CommitGroup } from '@ddp/db-kit/group-commit';
import type { ImageRoom } from '@ddp/files/image-room';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { RatingsDatabase } from './database.ts';
import type { WatchLimits } from './domain/watch.ts';
import type { Screener } from './operations/screen-words.ts';
import type { Veil } from './operations/veil.ts';
import type { SubmitCommand, SubmitVerdict } from './operations/write-ratings.ts';

/** What every operation of this service may use. */
export interface RatingsDeps extends ServiceDeps<RatingsDatabase> {
  /** Collects ratings into common commits. */
  ratingGroup: CommitGroup<SubmitCommand, SubmitVerdict>;
  /** Asks codes what was scanned; who asks for the same code at the same moment asks once. */
  resolveScan: (token: string, requestId: string) => Promise<ResolvedScan>;
  /** Looks in people's words for what an officer has to see first. */
  screener: Screener;
  /** Cleans and keeps photos. */
  photos: ImageRoom;
  /** From how many on a pattern is looked at. */
  watchLimits: WatchLimits;
  /** Names ratings towards the rated. */
  veil: Veil;
  /** What tokens of rights are made with. */
  rightKey: Buffer;
}
