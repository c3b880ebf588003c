import { join } from 'node:path';
import { newId } from '@ddp/db-kit/ids';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { compareLoads, type Load } from '../load/load.ts';
import { openRatings } from '../prepare/open-ratings.ts';
import { createBareTable } from '../traffic/bare-rating-writes.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const subjects = 100;
const connections = 256;
const bareConnections = 64;
const title = { unit: 'ratings/s', better: 'higher' } as const;

/**
 * A resident's rating, each by another person with another key, at the ratings service's own port;
 * it asks the codes service in a process of its own. Only a 201 counts. The limit is a bare row of
 * the same table, one commit a row, straight to the database; the other baseline is the same load
 * where all rate one subject.
 */
export const bench: Bench = {
  name: 'rating.submit',
  async run(context) {
    const { url, schemaUrl, config } = await openRatings(context, subjects);
    await createBareTable(schemaUrl);
    const traffic = join(folder, 'ratings.ts');
    const spread: Omit<Load, 'durationMs'> = {
      ...{ url, connections, traffic, config, okStatuses: [201] },
    };
    const hot = { ...spread, config: { ...config, tokens: config.tokens.slice(0, 1) } };
    const subjectIds = Array.from({ length: subjects }, newId);
    const bare: Omit<Load, 'durationMs'> = {
      ...{ url: '', connections: bareConnections, program: join(folder, 'bare-rating-writes.ts') },
      config: { schemaUrl, subjectIds, programmeId: newId(), codeId: newId() },
    };
    const { pace } = context;
    const submit = { ...title, name: 'rating.submit', kind: 'limit' } as const;
    const submitHot = { ...title, name: 'rating.submit.hot', kind: 'baseline' } as const;
    return [
      await compareLoads(submit, pace, spread, bare),
      await compareLoads(submitHot, pace, hot, spread),
    ];
  },
};
