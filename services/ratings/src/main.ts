import { runAlone } from '@ddp/service-kit/run-process';
import { ratingsModule } from './module.ts';

await runAlone(ratingsModule);
