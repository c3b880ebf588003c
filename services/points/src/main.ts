import { runAlone } from '@ddp/service-kit/run-process';
import { pointsModule } from './module.ts';

await runAlone(pointsModule);
