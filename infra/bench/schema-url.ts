import type { ServiceName } from '@ddp/contracts/service-name';

/** The schema of a service, opened by the account of DATABASE_URL. */
export function schemaUrlOf(env: NodeJS.ProcessEnv, service: ServiceName): string {
  const url = new URL(env.DATABASE_URL ?? '');
  url.pathname = `/${env.DATABASE_PREFIX}_${service}`;
  return url.href;
}
