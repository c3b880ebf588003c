import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Requests, or verifications, that one commit takes at the most. */
  REWARDS_GROUP_MAX: z.coerce.number().int().min(1).max(500).default(200),
  /** Requests, or verifications, that may wait for a commit; one beyond them is asked to come back. */
  REWARDS_QUEUE_MAX: z.coerce.number().int().min(1).max(100_000).default(5_000),
  /** Folder of the pictures of benefits; processes of one install share it. */
  REWARDS_PICTURE_DIR: z.string().default('.data/pictures'),
  /** Working days in which a merchant may dispute a line of a statement. */
  REWARDS_DISPUTE_DAYS: z.coerce.number().int().min(1).max(60).default(10),
  /** Working days for an officer's answer to a dispute, and for another one's decision. */
  REWARDS_ANSWER_DAYS: z.coerce.number().int().min(1).max(60).default(5),
});

export type RewardsSettings = z.output<typeof settingsSchema>;

export function readRewardsSettings(environment: Environment): RewardsSettings {
  return parseSettings(settingsSchema, environment);
}
