import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Folder of the pictures of benefits; processes of one install share it. */
  REWARDS_PICTURE_DIR: z.string().default('.data/pictures'),
});

export function readRewardsSettings(environment: Environment): z.output<typeof settingsSchema> {
  return parseSettings(settingsSchema, environment);
}
