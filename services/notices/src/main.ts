import { runAlone } from '@ddp/service-kit/run-process';
import { noticesModule } from './module.ts';

await runAlone(noticesModule);
