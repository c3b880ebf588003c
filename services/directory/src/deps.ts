import type { ImageRoom } from '@ddp/files/image-room';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { DirectoryDatabase } from './database.ts';

/** What every operation of this service may use. */
export interface DirectoryDeps extends ServiceDeps<DirectoryDatabase> {
  /** Cleans and keeps the photos of subjects. */
  photos: ImageRoom;
}
