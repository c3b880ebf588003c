import { setTimeout } from 'node:timers/promises';
import { requestRedemption } from '@ddp/contracts/rewards/routes';
import { idToBinary } from '@ddp/db-kit/ids';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { createCaller, personAs } from '../../principals.ts';
import { mapConcurrently } from '../concurrently.ts';
import type { Load } from '../load/load.ts';
import { toSample } from '../load/to-sample.ts';
import type { Sample } from '../measurement.ts';
import { waitFor } from '../wait-for.ts';

export interface RedemptionsConfig {
  masterKey: string;
  areaPath: string;
  programmeId: string;
  /** Residents with points, one redemption each. */
  personIds: string[];
  /** The residents take their turns at these. */
  benefitIds: string[];
  /** Schema of the rewards service, to see the vouchers come without asking the service. */
  schemaUrl: string;
  /** Requests that begin in a second; as fast as they are answered where it is not said. */
  perSecond?: number;
}

const underWay = `SELECT COUNT(*) AS count FROM rewards_redemption
  WHERE benefit_id IN (?) AND state IN ('requested', 'held', 'reserved')`;
const durations = `SELECT TIMESTAMPDIFF(MICROSECOND, r.requested_at, v.issued_at) / 1000 AS ms
  FROM rewards_redemption AS r JOIN rewards_voucher AS v ON v.redemption_id = r.id
  WHERE r.benefit_id IN (?) ORDER BY v.issued_at DESC, v.id DESC LIMIT ?`;

/** How long each of the newest vouchers took since it was asked for, by the database's clock. */
async function readDurations(
  connection: Connection,
  benefits: readonly Buffer[],
  count: number,
): Promise<number[]> {
  const [rows] = await connection.query<RowDataPacket[]>(durations, [benefits, count]);
  return rows.map((row) => Number(row.ms));
}

async function countIssued(connection: Connection, benefits: readonly Buffer[]): Promise<number> {
  const query = `SELECT COUNT(*) AS count FROM rewards_redemption
    WHERE benefit_id IN (?) AND state = 'issued'`;
  const [rows] = await connection.query<RowDataPacket[]>(query, [benefits]);
  return Number(rows[0]?.count);
}

/** All residents redeem, some at a time or at a pace; over when the last voucher is issued. */
export async function measure(load: Load): Promise<Sample> {
  const config = load.config as RedemptionsConfig;
  const { personIds, benefitIds, areaPath, programmeId } = config;
  const call = createCaller(config.masterKey, { rewards: load.url });
  const connection = await createConnection({ uri: config.schemaUrl });
  const benefits = benefitIds.map(idToBinary);
  const before = await countIssued(connection, benefits);
  const startedAt = performance.now();
  await mapConcurrently([...personIds.entries()], load.connections, async ([index, personId]) => {
    if (config.perSecond !== undefined) {
      const startsAt = startedAt + (index * 1_000) / config.perSecond;
      await setTimeout(Math.max(0, startsAt - performance.now()));
    }
    const resident = personAs('resident', { areaPath, programmeId, personId });
    const benefitId = benefitIds[index % benefitIds.length] ?? '';
    await call(resident, requestRedemption, { body: { benefitId } }).catch((error: unknown) => {
      process.stderr.write(`a redemption was refused: ${error}\n`);
    });
  });
  await waitFor('the last voucher', async () => {
    const [rows] = await connection.query<RowDataPacket[]>(underWay, [benefits]);
    return Number(rows[0]?.count) === 0 ? true : null;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const issued = (await countIssued(connection, benefits)) - before;
  const latencies = await readDurations(connection, benefits, issued);
  await connection.end();
  return toSample(latencies, issued, personIds.length - issued, seconds);
}
