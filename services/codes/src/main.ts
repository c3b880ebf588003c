import { runAlone } from '@ddp/service-kit/run-process';
import { codesModule } from './module.ts';

await runAlone(codesModule);
