import { passwordSchema } from '@ddp/contracts/identity/schemas';
import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const count = z.coerce.number().int().positive().max(10_000_000);

const settingsSchema = z.object({
  DDP_DEMO: z.stringbool().default(false),
  /** Password of the demo administrator; a random one-time password unless set. */
  DDP_DEMO_PASSWORD: passwordSchema.optional(),
  SMS_PROVIDER: z.string().optional(),
  IDENTITY_ADMIN_LOGIN: z
    .string()
    .regex(/^[a-z][a-z0-9._-]{2,39}$/)
    .default('admin'),
  /** Whether people reach the house over https; on by default in production mode. */
  IDENTITY_COOKIE_SECURE: z.stringbool().optional(),
  IDENTITY_PRIVACY_VERSION: z.string().max(16).default('1'),
  IDENTITY_CODE_WAIT_SECONDS: count.default(60),
  IDENTITY_CODES_PER_PHONE_DAY: count.default(10),
  IDENTITY_CODES_PER_PREFIX_HOUR: count.default(50),
  IDENTITY_CODES_PER_DAY: count.default(20_000),
});

export type IdentitySettings = z.output<typeof settingsSchema>;

export function readSettings(environment: Environment): IdentitySettings {
  return parseSettings(settingsSchema, environment);
}
