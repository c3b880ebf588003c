import { requestRedemption } from '@ddp/contracts/rewards/routes';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { createCaller, personAs } from '../../principals.ts';
import { mapConcurrently } from '../concurrently.ts';
import type { Load } from '../load/load.ts';
import { toSample } from '../load/to-sample.ts';
import type { Sample } from '../measurement.ts';
import type { RedemptionsConfig } from './redemptions.ts';

export interface AcceptsConfig extends RedemptionsConfig {
  requests: number;
  /** As many must wait for their turn all along, or the measurement is of something else. */
  leastWaiting: number;
}

/** So many requests, the residents in their turn; a latency is that of an accepted request alone. */
export async function measure(load: Load): Promise<Sample> {
  const config = load.config as AcceptsConfig;
  const { personIds, benefitIds, areaPath, programmeId, requests } = config;
  const call = createCaller(config.masterKey, { rewards: load.url });
  const latencies: number[] = [];
  const startedAt = performance.now();
  await mapConcurrently([...Array(requests).keys()], load.connections, async (index) => {
    const personId = personIds[index % personIds.length] ?? '';
    const benefitId = benefitIds[index % benefitIds.length] ?? '';
    const resident = personAs('resident', { areaPath, programmeId, personId });
    const askedAt = performance.now();
    try {
      await call(resident, requestRedemption, { body: { benefitId } });
      latencies.push(performance.now() - askedAt);
    } catch (error) {
      process.stderr.write(`a redemption was refused: ${error}\n`);
    }
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const waiting = await countWaiting(config.schemaUrl);
  if (waiting < config.leastWaiting) throw new Error(`only ${waiting} redemptions were waiting`);
  return toSample(latencies, latencies.length, requests - latencies.length, seconds);
}

async function countWaiting(schemaUrl: string): Promise<number> {
  const connection = await createConnection({ uri: schemaUrl });
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT COUNT(*) AS count FROM rewards_redemption WHERE state = 'requested'`,
  );
  await connection.end();
  return Number(rows[0]?.count);
}
