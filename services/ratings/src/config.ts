import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Ratings that one commit takes at the most. */
  RATINGS_GROUP_MAX: z.coerce.number().int().min(1).max(1_000).default(500),
  /** Ratings that may wait for a commit; one beyond them is asked to come back. */
  RATINGS_QUEUE_MAX: z.coerce.number().int().min(1).max(100_000).default(5_000),
  /** Folder of the photos; processes of one install share it. */
  RATINGS_PHOTO_DIR: z.string().default('.data/photos'),
});

export type RatingsSettings = z.output<typeof settingsSchema>;

export function readRatingsSettings(environment: Environment): RatingsSettings {
  return parseSettings(settingsSchema, environment);
}
