import path from 'node:path';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { onAreaMoved } from './consumers/area-moved.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onSubjectChanged } from './consumers/subject-changed.ts';
import type { VolunteeringDatabase } from './database.ts';
import type { VolunteeringDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { passOrders } from './operations/pass-orders.ts';
import { postHours } from './operations/post-hours.ts';
import { remindVolunteers } from './operations/remind-volunteers.ts';
import { closeForgotten } from './operations/say-leaving.ts';
import { tallyHours } from './operations/tally-hours.ts';
import { createOrderKeys } from './order-keys.ts';
import { volunteeringInvariants } from './store/audit.ts';
import { createVolunteerKeys } from './volunteer-keys.ts';

/** Ten seconds at the usual scale. */
const sweepEvery = (host: HostConfig) => Math.max(250, 10_000 * host.DDP_INTERVAL_SCALE);

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
    const deps: VolunteeringDeps = { ...opened.deps, volunteerKeys, orderKeys };
    bindRoutes(opened.app, deps);
    const everyMs = sweepEvery(context.host);
    return opened.finish({
      consumers: [onAreaMoved(deps), onPersonErased(deps), onSubjectChanged(deps)],
      sweeps: [
        { name: 'remind', everyMs, run: () => remindVolunteers(deps) },
        { name: 'forgotten', everyMs, run: () => closeForgotten(deps) },
        { name: 'post-hours', everyMs, run: () => postHours(deps) },
        { name: 'pass-orders', everyMs, run: () => passOrders(deps) },
        { name: 'tally-hours', everyMs, run: () => tallyHours(deps) },
      ],
    });
  },
};
