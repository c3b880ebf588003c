import { runAlone } from '@ddp/service-kit/run-process';
import { gatewayModule } from './module.ts';

await runAlone(gatewayModule);
