import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Ratings that one commit takes at the most. */
  RATINGS_GROUP_MAX: z.coerce.number().int().min(1).max(1_000).default(500),
  /** Ratings that may wait for a commit; one beyond them is asked to come back. */
  RATINGS_QUEUE_MAX: z.coerce.number().int().min(1).max(100_000).default(5_000),
  /** From so many ratings of a subject from one network, within so many minutes, officers look. */
  RATINGS_BURST_RATINGS: z.coerce.number().int().min(2).max(10_000).default(20),
  RATINGS_BURST_MINUTES: z.coerce.number().int().min(1).max(60).default(10),
  /** From so many people who rate on one device within a day, officers look. */
  RATINGS_DEVICE_ACCOUNTS: z.coerce.number().int().min(2).max(1_000).default(5),
  /** Folder of the photos; processes of one install share it. */
  RATINGS_PHOTO_DIR: z.string().default('.data/photos'),
});

export type RatingsSettings = z.output<typeof settingsSchema>;

export function readRatingsSettings(environment: Environment): RatingsSettings {
  return parseSettings(settingsSchema, environment);
}
