import type { createPrincipalSigner } from '@ddp/auth/principal-token';
import type { ServiceName } from '@ddp/contracts/service-name';
import type { ModuleContext } from '@ddp/service-kit/module';
import type { GatewayConfig } from './config.ts';
import type { NetworkMarker } from './network-mark.ts';
import type { RateLimit } from './rate-limits.ts';
import type { SessionReader } from './sessions.ts';

/** What the gateway's routes may use. */
export interface GatewayDeps {
  config: GatewayConfig;
  clock: ModuleContext['clock'];
  peerOf: ModuleContext['peerOf'];
  signers: Record<ServiceName, ReturnType<typeof createPrincipalSigner>>;
  sessions: SessionReader;
  /** Marks the network of an address for a day. */
  markNetwork: NetworkMarker;
  /** By session. */
  requestLimit: RateLimit;
  /** By address, for requests without a session that is known to be good. */
  addressLimit: RateLimit;
  /** By address. */
  signInLimit: RateLimit;
}
