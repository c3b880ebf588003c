import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { runLoad } from '../load/load.ts';
import { loadCodes } from '../prepare/load-codes.ts';
import { schemaUrlOf } from '../schema-url.ts';
const folder = join(paths.root, 'infra', 'bench');
const traffic = join(folder, 'traffic', 'scans.ts');
const path = '/v1/resolved-scans/';
const cpu = (pid: number) => { const s = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' '); return (Number(s[11]) + Number(s[12])) * 10; };
export const bench: Bench = {
  name: 'zz.scan',
  async run(context) {
    const env = await context.environment();
    const { codes } = await context.startServices(['codes'], env);
    await loadCodes(schemaUrlOf(env, 'codes'), 100_000);
    const config = { codes: 100_000, path, masterKey: env.DDP_MASTER_KEY ?? '' };
    const walk = { url: codes.url, connections: 50, traffic, config: { ...config, isWalk: true } };
    await runLoad({ ...walk, durationMs: 30_000 } as never);
    const bare = await context.startServer('bare-hono', join(folder, 'servers', 'bare-hono.ts'));
    for (let round = 0; round < 3; round += 1) {
      for (const [name, server, c] of [['bare', bare, { codes: 100_000, path }], ['codes', codes, config]] as const) {
        const pid = (server.process as unknown as { pid: number }).pid;
        const a = cpu(pid);
        const s = await runLoad({ url: server.url, connections: 50, traffic, config: c, durationMs: 5_000 } as never);
        context.say(`${name} ${(((cpu(pid) - a) * 1000) / ((s as { value: number }).value * 6)).toFixed(1)} us/request, ${(s as { value: number }).value}/s pid ${pid}`);
      }
    }
    return [];
  },
};
