import { runAlone } from '@ddp/service-kit/run-process';
import { identityModule } from './module.ts';

await runAlone(identityModule);
