import { parseMasterKeys } from '@ddp/auth/keys';
import { serviceNames } from '@ddp/contracts/service-name';
import * as z from 'zod';

export type Environment = Record<string, string | undefined>;

/** The environment of this process; the one place of the kit that reads it. */
export function readEnvironment(): Environment {
  return process.env;
}

const port = z.coerce.number().int().min(1).max(65_535);

const hostSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^mysql$/ }).optional(),
  DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,18}$/)
    .default('ddp'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .default('ddp'),
  DDP_MASTER_KEY: z.string().transform((text, context) => {
    try {
      return parseMasterKeys(text);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  }),
  DDP_MODE: z.enum(['development', 'production']).default('development'),
  DDP_ROLE: z.enum(['http', 'worker', 'all']).default('all'),
  DDP_INTERVAL_SCALE: z.coerce.number().gt(0).max(1).default(1),
  DDP_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DDP_HOST: z.string().default('127.0.0.1'),
  QUEUE_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(20),
});

export type HostConfig = z.output<typeof hostSchema>;

/** What every process of the house needs to know. Throws with the name of each wrong setting. */
export function readHostConfig(environment: Environment): HostConfig {
  return parseSettings(hostSchema, environment);
}

/** Reads settings by a schema; an empty value counts as absent. */
export function parseSettings<S extends z.ZodType>(
  schema: S,
  environment: Environment,
): z.output<S> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`settings are wrong: ${faults.join('; ')}`);
}

/** `POINTS_URL` and its like, for services that run as processes of their own. */
export function readServiceUrls(environment: Environment): Partial<Record<string, string>> {
  return Object.fromEntries(
    serviceNames.map((name) => [name, environment[`${name.toUpperCase()}_URL`]]),
  );
}

export function readServicePort(
  environment: Environment,
  service: string,
  fallback: number,
): number {
  const name = `${service.toUpperCase()}_PORT`;
  return parseSettings(z.object({ [name]: port.optional() }), environment)[name] ?? fallback;
}
