import { runAlone } from '@ddp/service-kit/run-process';
import { volunteeringModule } from './module.ts';

await runAlone(volunteeringModule);
