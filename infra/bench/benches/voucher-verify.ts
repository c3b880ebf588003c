import { join } from 'node:path';
import { parseMasterKeys } from '@ddp/auth/keys';
import { paths } from '../../bootstrap/paths.mjs';
import { createCaller } from '../../principals.ts';
import type { Bench } from '../context.ts';
import { compareLoads, type Load } from '../load/load.ts';
import { loadVouchers } from '../prepare/load-vouchers.ts';
import { openArea } from '../prepare/open-area.ts';
import { schemaUrlOf } from '../schema-url.ts';
import { createBareVouchers } from '../traffic/bare-voucher-updates.ts';
import type { VerificationsConfig } from '../traffic/verifications.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const shops = 20;
const clerksOfShop = 8;
const connections = 64;
const mostPerMs = 1.5;
/** A load starts in a process of its own. */
const startMs = 2_500;
const title = {
  name: 'voucher.verify',
  unit: 'vouchers/s',
  kind: 'limit',
  better: 'higher',
} as const;

/**
 * A clerk verifies a voucher by the code of its holder's screen, each another one, at twenty shops,
 * at the rewards service's own port: the tries are counted, stock moves, and notices are asked for.
 * Only a 201 counts. The limit is the bare conditional update of a row of the same table, one commit
 * a voucher, straight to the database.
 */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const { pace } = context;
    const env = await context.environment();
    const names = ['identity', 'directory', 'rewards'] as const;
    const { identity, directory, rewards } = await context.startServices(names, env);
    const masterKey = env.DDP_MASTER_KEY ?? '';
    const call = createCaller(masterKey, { directory: directory.url, rewards: rewards.url });
    const area = await openArea(call);
    const schemaUrl = schemaUrlOf(env, 'rewards');
    const [key] = parseMasterKeys(masterKey);
    const loads = 2 + 2 * pace.rounds;
    const spanMs = 2 * (pace.warmUpMs + pace.rounds * pace.roundMs) + loads * startMs;
    const count = Math.ceil(spanMs * mostPerMs);
    const target = { schemaUrl, shops, count, keyId: key?.kid ?? '' };
    const loaded = await loadVouchers(call, area, target);
    await createBareVouchers(schemaUrl);
    await Promise.all([identity.process.stop(), directory.process.stop()]);
    const config: VerificationsConfig = {
      ...{ masterKey, areaPath: area.areaPath, shops: loaded, clerksOfShop, mostPerMs },
      startedAtMs: Date.now(),
    };
    const verify: Omit<Load, 'durationMs'> = {
      ...{ url: rewards.url, connections, config, okStatuses: [201] },
      traffic: join(folder, 'verifications.ts'),
    };
    const bare: Omit<Load, 'durationMs'> = {
      ...{ url: '', connections, config: { schemaUrl } },
      program: join(folder, 'bare-voucher-updates.ts'),
    };
    return [await compareLoads(title, pace, verify, bare)];
  },
};
