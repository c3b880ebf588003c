import { systemClock } from '@ddp/calendar/clock';
import { runRebuild } from '@ddp/service-kit/run-rebuild';
import type { VolunteeringDatabase } from './database.ts';
import { rebuildStatistics } from './operations/rebuild-statistics.ts';

await runRebuild<VolunteeringDatabase>('volunteering', (db) =>
  rebuildStatistics({ store: { db, clock: systemClock } }),
);
