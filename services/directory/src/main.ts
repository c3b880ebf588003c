import { runAlone } from '@ddp/service-kit/run-process';
import { directoryModule } from './module.ts';

await runAlone(directoryModule);
