import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Transfers that one commit of the ledger takes at the most. */
  LEDGER_GROUP_MAX: z.coerce.number().int().min(1).max(1_000).default(1_000),
  /** Requests that may wait for the ledger; one more is asked to come back. */
  LEDGER_QUEUE_MAX: z.coerce.number().int().min(1).max(100_000).default(5_000),
  /** Recorded events that a dry run of a rule looks at; what is beyond is said to be left out. */
  POINTS_DRY_RUN_EVENTS: z.coerce.number().int().min(1).max(200_000).default(50_000),
});

export type PointsSettings = z.output<typeof settingsSchema>;

export function readPointsSettings(environment: Environment): PointsSettings {
  return parseSettings(settingsSchema, environment);
}
