import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Folder of the pictures of benefits; processes of one install share it. */
  REWARDS_PICTURE_DIR: z.string().default('.data/pictures'),
  /** Working days in which a merchant may dispute a line of a statement. */
  REWARDS_DISPUTE_DAYS: z.coerce.number().int().min(1).max(60).default(10),
  /** Working days for an officer's answer to a dispute, and for another one's decision. */
  REWARDS_ANSWER_DAYS: z.coerce.number().int().min(1).max(60).default(5),
});

export function readRewardsSettings(environment: Environment): z.output<typeof settingsSchema> {
  return parseSettings(settingsSchema, environment);
}
