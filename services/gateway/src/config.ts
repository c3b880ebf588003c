import { type Environment, parseSettings } from '@ddp/service-kit/config';
import * as z from 'zod';

const schema = z.object({
  /** Requests of one session, or of one address without a session, in a minute. */
  GATEWAY_REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(1_200),
  /** Tries to sign in from one address in a minute; a village may share an address. */
  GATEWAY_SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).default(120),
  /** Proxies before this one whose X-Forwarded-For is believed. */
  GATEWAY_TRUSTED_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  /** How long a session's answer is kept, so that a revocation acts within it. */
  GATEWAY_SESSION_CACHE_MS: z.coerce.number().int().min(0).max(5_000).default(3_000),
  GATEWAY_DEADLINE_MS: z.coerce.number().int().min(100).default(20_000),
});

export type GatewayConfig = z.output<typeof schema>;

export function readConfig(environment: Environment): GatewayConfig {
  return parseSettings(schema, environment);
}
