import { type Environment, type HostConfig, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const schema = z.object({
  /** Where people reach the house; over https cookies are secure. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:8080'),
  /** Requests of one session in a minute. */
  GATEWAY_REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(1_200),
  /**
   * Requests in a minute from one address without a session that is known to be good; five times
   * the former unless set, for a village may share an address.
   */
  GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).optional(),
  /** Tries to sign in from one address in a minute. */
  GATEWAY_SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).default(120),
  /** Proxies before this one whose X-Forwarded-For is believed. */
  GATEWAY_TRUSTED_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  /** How long a session's answer is kept, so that a revocation acts within it. */
  GATEWAY_SESSION_CACHE_MS: z.coerce.number().int().min(0).max(5_000).default(3_000),
  /** How often screens on walls are told their figures, and their tokens looked at. */
  GATEWAY_WALL_EVERY_MS: z.coerce.number().int().min(50).max(5_000).default(5_000),
  /** Screens that one process serves at once. */
  GATEWAY_WALL_STREAMS: z.coerce.number().int().min(1).max(5_000).default(200),
  GATEWAY_DEADLINE_MS: z.coerce.number().int().min(100).default(20_000),
  /** Whether `/metrics` answers at the port that people use. */
  GATEWAY_METRICS: z.stringbool().default(false),
});

/** Reads the settings. Throws in production mode where people would not come over https. */
export function readConfig(environment: Environment, { DDP_MODE }: Pick<HostConfig, 'DDP_MODE'>) {
  const settings = parseSettings(schema, environment);
  const isSecure = new URL(settings.PUBLIC_URL).protocol === 'https:';
  if (DDP_MODE === 'production' && !isSecure) {
    throw new Error(
      `gateway refuses to start in production mode: set PUBLIC_URL to the https address that people reach and codes carry, such as https://ddp.example (it is ${settings.PUBLIC_URL})`,
    );
  }
  return {
    ...settings,
    GATEWAY_ADDRESS_REQUESTS_PER_MINUTE:
      settings.GATEWAY_ADDRESS_REQUESTS_PER_MINUTE ?? 5 * settings.GATEWAY_REQUESTS_PER_MINUTE,
    isSecure,
  };
}

export type GatewayConfig = ReturnType<typeof readConfig>;
