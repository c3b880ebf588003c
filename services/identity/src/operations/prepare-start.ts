import type { NamedKey } from '@ddp/auth/keys';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { IdentitySettings } from '../config.ts';
import type { IdentityDatabase } from '../database.ts';
import { keepKeyCheck } from '../store/key-checks.ts';
import { hasDemoPerson } from '../store/people.ts';
import { indexKeyCheck } from '../vault.ts';

type Opened = Pick<ServiceDeps<IdentityDatabase>, 'store'>;

/** Throws where a production install would run on settings or accounts of a demonstration. */
export async function refuseUnsafeStart(
  { store }: Opened,
  host: HostConfig,
  settings: IdentitySettings,
): Promise<void> {
  if (host.DDP_MODE !== 'production') return;
  const reasons = [
    settings.SMS_PROVIDER === 'fake' && 'SMS_PROVIDER is fake',
    settings.DDP_DEMO && 'DDP_DEMO is on',
    host.DDP_MASTER_KEY.some(isNoSecret) && 'DDP_MASTER_KEY holds a key that is no secret',
    (await hasDemoPerson(store.db)) && 'the database holds demo accounts',
  ].filter((reason) => reason !== false);
  if (reasons.length > 0) {
    throw new Error(`identity refuses to start in production mode: ${reasons.join('; ')}`);
  }
}

/** Keys of tests and examples repeat one byte. */
function isNoSecret({ secret }: NamedKey): boolean {
  return secret.every((byte) => byte === secret[0]);
}

/**
 * The master key that the phone index was begun with. Throws when it is not listed any more:
 * starting without it would register everybody anew.
 */
export async function readIndexKey(
  { store }: Opened,
  keys: readonly NamedKey[],
): Promise<NamedKey> {
  const [first] = keys;
  if (!first) throw new Error('no master key');
  const check = await keepKeyCheck(store.db, store.clock, indexKeyCheck(first));
  const key = keys.find((one) => indexKeyCheck(one) === check);
  if (key) return key;
  throw new Error(
    'DDP_MASTER_KEY lacks the key that the phone index was made with; list it after the new one',
  );
}
