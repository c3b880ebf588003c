import path from 'node:path';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { onPersonErased } from './consumers/person-erased.ts';
import { onPostChanged } from './consumers/post-changed.ts';
import type { RatingsDatabase } from './database.ts';
import { bindFollowUpRoutes } from './http/follow-up-routes.ts';
import { bindRoutes } from './http/routes.ts';
import { completePostCards } from './operations/complete-post-cards.ts';
import { discloseRatings } from './operations/disclose-ratings.ts';
import { followDue } from './operations/follow-due.ts';
import { bindPages } from './pages/bind-pages.tsx';
import { ratingsInvariants } from './store/audit.ts';

export const ratingsModule: ServiceModule = {
  name: 'ratings',
  defaultPort: 8084,
  invariants: ratingsInvariants,
  async create(context) {
    const { app, deps, finish } = await openService<RatingsDatabase>(context, {
      name: 'ratings',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    bindRoutes(app, deps);
    bindFollowUpRoutes(app, deps);
    bindPages(app, deps);
    const every = (seconds: number) =>
      Math.max(500, seconds * 1_000 * context.host.DDP_INTERVAL_SCALE);
    return finish({
      consumers: [onPostChanged(deps), onPersonErased(deps)],
      sweeps: [
        { name: 'follow-due', everyMs: every(30), run: () => followDue(deps) },
        { name: 'disclose-ratings', everyMs: every(60), run: () => discloseRatings(deps) },
        { name: 'complete-post-cards', everyMs: every(60), run: () => completePostCards(deps) },
      ],
    });
  },
};
