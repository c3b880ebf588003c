import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const settingsSchema = z
  .object({
    DDP_MODE: z.enum(['development', 'production']).default('development'),
    /** Both speak the same protocol; `fake` is the stand-in of demonstrations. */
    SMS_PROVIDER: z.enum(['fake', 'http']).optional(),
    SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
    SMS_KEY: z.string().min(8).optional(),
  })
  .refine((one) => !one.SMS_PROVIDER || (one.SMS_URL && one.SMS_KEY), {
    message: 'SMS_URL and SMS_KEY go with SMS_PROVIDER',
  })
  .refine((one) => one.DDP_MODE !== 'production' || one.SMS_PROVIDER !== 'fake', {
    message: 'SMS_PROVIDER=fake is refused in production mode',
  });

export interface SmsSettings {
  url: string;
  key: string;
}

/** Where text messages are handed over; null where no provider is set. */
export function readSmsSettings(environment: Environment): SmsSettings | null {
  const { SMS_PROVIDER, SMS_URL, SMS_KEY } = parseSettings(settingsSchema, environment);
  return SMS_PROVIDER && SMS_URL && SMS_KEY ? { url: SMS_URL, key: SMS_KEY } : null;
}
