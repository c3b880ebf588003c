import type { ServiceName } from '@ddp/contracts/service-name';
import { provisionSchema } from '@ddp/db-kit/provision';
import type { ModuleContext } from './module.ts';

/** Where a service keeps its tables: at an address of its own, or in a schema of the house's database. */
export async function resolveDatabase(
  { environment, host }: Pick<ModuleContext, 'environment' | 'host'>,
  name: ServiceName,
): Promise<{ url: string; isShared: boolean }> {
  const own = environment[`${name.toUpperCase()}_DATABASE_URL`];
  if (own) return { url: own, isShared: false };
  const { DATABASE_URL, DATABASE_PREFIX, DDP_MASTER_KEY } = host;
  if (!DATABASE_URL) throw new Error('set DATABASE_URL, for example mysql://user@host:3306/');
  const schema = await provisionSchema({
    adminUrl: DATABASE_URL,
    prefix: DATABASE_PREFIX,
    service: name,
    masterKey: DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  return { url: schema.url, isShared: schema.kind === 'shared' };
}
