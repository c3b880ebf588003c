import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { CertificateKeys } from './certificate-keys.ts';
import type { VolunteeringDatabase } from './database.ts';
import type { OrderKeys } from './order-keys.ts';
import type { SymbolReader } from './symbol-reader.ts';
import type { VolunteerKeys } from './volunteer-keys.ts';

/** What every operation of this service may use. */
export interface VolunteeringDeps extends ServiceDeps<VolunteeringDatabase> {
  volunteerKeys: VolunteerKeys;
  orderKeys: OrderKeys;
  certificateKeys: CertificateKeys;
  symbolReader: SymbolReader;
  /** Where certificates are checked, without a slash at its end. */
  publicUrl: string;
}
