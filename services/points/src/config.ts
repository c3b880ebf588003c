import { hashNames } from '@ddp/ledger/domain/block';
import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z.object({
  /** Transfers that one commit of the ledger takes at the most. */
  LEDGER_GROUP_MAX: z.coerce.number().int().min(1).max(1_000).default(1_000),
  /** Transfers that may wait for the ledger; a request beyond them is asked to come back. */
  LEDGER_QUEUE_MAX: z.coerce.number().int().min(1).max(100_000).default(20_000),
  /** What new blocks are hashed with: `sm3` where a Chinese standard is wanted. */
  LEDGER_HASH: z.enum(hashNames).default('sha256'),
  /** Where heads of the ledger are kept outside the database, a JSON line each. */
  LEDGER_ANCHOR_FILE: z.string().optional(),
  /** Recorded events that a dry run of a rule looks at; what is beyond is said to be left out. */
  POINTS_DRY_RUN_EVENTS: z.coerce.number().int().min(1).max(200_000).default(50_000),
});

export type PointsSettings = z.output<typeof settingsSchema>;

export function readPointsSettings(environment: Environment): PointsSettings {
  return parseSettings(settingsSchema, environment);
}
