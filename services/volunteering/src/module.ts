import path from 'node:path';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { createCertificateKeys } from './certificate-keys.ts';
import { readConfig } from './config.ts';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onCertificateRequested } from './consumers/certificate-requested.ts';
import { onEntryClosed } from './consumers/entry-closed.ts';
import { onEntryPosted } from './consumers/entry-posted.ts';
import { onObjectionAnswered } from './consumers/objection-answered.ts';
import { onObjectionSubmitted } from './consumers/objection-submitted.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onSubjectChanged } from './consumers/subject-changed.ts';
import type { VolunteeringDatabase } from './database.ts';
import type { VolunteeringDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { passOrders } from './operations/pass-orders.ts';
import { postHours } from './operations/post-hours.ts';
import { endStars, raiseStars } from './operations/raise-stars.ts';
import { remindVolunteers } from './operations/remind-volunteers.ts';
import { closeForgotten } from './operations/say-leaving.ts';
import { tallyHours } from './operations/tally-hours.ts';
import { createOrderKeys } from './order-keys.ts';
import { bindCertificatePages } from './pages/bind-certificate-pages.tsx';
import { volunteeringInvariants } from './store/audit.ts';
import { createSymbolReader } from './symbol-reader.ts';
import { createVolunteerKeys } from './volunteer-keys.ts';

/** Ten seconds at the usual scale. */
const sweepEvery = (host: HostConfig) => Math.max(250, 10_000 * host.DDP_INTERVAL_SCALE);

const consumersOf = (deps: VolunteeringDeps) => [
  onAreaMoved(deps),
  onPersonErased(deps),
  onSubjectChanged(deps),
  onEntryPosted(deps),
  onEntryClosed(deps),
  onObjectionSubmitted(deps),
  onObjectionAnswered(deps),
  onCertificateRequested(deps),
];

export const volunteeringModule: ServiceModule = {
  name: 'volunteering',
  defaultPort: 8088,
  invariants: volunteeringInvariants,
  async create(context) {
    const opened = await openService<VolunteeringDatabase>(context, {
      name: 'volunteering',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const volunteerKeys = createVolunteerKeys(context.host.DDP_MASTER_KEY);
    const orderKeys = createOrderKeys(context.host.DDP_MASTER_KEY);
    const certificateKeys = createCertificateKeys(context.host.DDP_MASTER_KEY);
    const { publicUrl } = readConfig(context.environment);
    const keys = { volunteerKeys, orderKeys, certificateKeys };
    const symbolReader = createSymbolReader();
    const deps: VolunteeringDeps = { ...opened.deps, ...keys, symbolReader, publicUrl };
    bindRoutes(opened.app, deps);
    bindCertificatePages(opened.app, deps);
    const everyMs = sweepEvery(context.host);
    return opened.finish({
      consumers: consumersOf(deps),
      sweeps: [
        { name: 'remind', everyMs, run: () => remindVolunteers(deps) },
        { name: 'forgotten', everyMs, run: () => closeForgotten(deps) },
        { name: 'post-hours', everyMs, run: () => postHours(deps) },
        { name: 'pass-orders', everyMs, run: () => passOrders(deps) },
        { name: 'raise-stars', everyMs, run: () => raiseStars(deps) },
        { name: 'end-stars', everyMs, run: () => endStars(deps) },
        { name: 'tally-hours', everyMs, run: () => tallyHours(deps) },
      ],
    });
  },
};
