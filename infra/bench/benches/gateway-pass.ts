import { readArea } from '@ddp/contracts/directory/routes';
import { serviceNames } from '@ddp/contracts/service-name';
import { createCaller } from '../../principals.ts';
import type { Bench } from '../context.ts';
import { compareLoads } from '../load/load.ts';
import { openArea } from '../prepare/open-area.ts';

const connections = 50;
const title = {
  name: 'gateway.pass',
  unit: 'requests/s',
  kind: 'limit',
  better: 'higher',
} as const;

/**
 * One public GET through the gateway; the limit is the same GET at the service's own port. The
 * limits of the gateway are counted as ever, and set so high that this one client may pass. The
 * other services' addresses lead to the directory as well: only the gateway's health asks them.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const env = await context.environment();
    const { directory } = await context.startServices(['directory'], env);
    const call = createCaller(env.DDP_MASTER_KEY ?? '', { directory: directory.url });
    const { areaCode } = await openArea(call);
    const addresses = Object.fromEntries(
      serviceNames.map((name) => [`${name.toUpperCase()}_URL`, directory.url]),
    );
    const { gateway } = await context.startServices(['gateway'], {
      ...env,
      ...addresses,
      GATEWAY_REQUESTS_PER_MINUTE: '1000000000',
    });
    const path = readArea.path.replace('{code}', areaCode);
    return [
      await compareLoads(
        title,
        context.pace,
        { url: gateway.url, connections, request: { path: `/api/directory${path}` } },
        { url: directory.url, connections, request: { path } },
      ),
    ];
  },
};
