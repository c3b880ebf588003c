import { serviceNames } from '@ddp/contracts/service-name';
import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  DDP_DEMO: z.stringbool().default(false),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Days of history that the demo begins with. */
  DDP_DEMO_DAYS: z.coerce.number().int().min(1).max(365).default(90),
  /** Names of the services mounted here, by comma; all unless set. */
  SUITE_MODULES: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(serviceNames)).min(1))
    .optional(),
});

export type SuiteConfig = z.output<typeof schema>;

export function readConfig(environment: Environment): SuiteConfig {
  return parseSettings(schema, environment);
}
