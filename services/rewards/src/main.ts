import { runAlone } from '@ddp/service-kit/run-process';
import { rewardsModule } from './module.ts';

await runAlone(rewardsModule);
