import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { IdentitySettings } from './config.ts';
import type { IdentityDatabase } from './database.ts';
import type { Vault } from './vault.ts';

/** What every operation of this service may use. */
export interface IdentityDeps extends ServiceDeps<IdentityDatabase> {
  vault: Vault;
  settings: IdentitySettings;
  hasSecureCookie: boolean;
}
