import { runRebuild } from '@ddp/service-kit/run-rebuild';
import type { RatingsDatabase } from './database.ts';
import { rebuildCounters } from './operations/rebuild-counters.ts';

await runRebuild<RatingsDatabase>('ratings', (db) => rebuildCounters({ db }));
