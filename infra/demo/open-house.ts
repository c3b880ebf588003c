import { randomBytes } from 'node:crypto';
import type { HouseClient } from '@ddp/contracts/house-client';
import { startFakeSms } from '../fake-sms/fake-sms.ts';
import { startTopology, type Topology } from '../topology.ts';
import type { HouseUnderTest } from './house.ts';
import { prepareHouse } from './prepare-house.ts';

export interface OpenHouseOptions {
  topology: 'mounted' | 'split';
  databaseUrl: string;
  redisUrl: string;
  /** Of schemas and keys: nothing else may use it. */
  prefix: string;
  logDir: string;
  env?: NodeJS.ProcessEnv;
}

export interface OpenedHouse extends HouseUnderTest {
  topology: Topology;
  /** The settings that every process of the house got. */
  env: NodeJS.ProcessEnv;
  /** Staff over the whole city; the first does what one alone can do. */
  officer: HouseClient;
  officers: readonly HouseClient[];
  stop(): Promise<void>;
}

/** Starts an empty house with a fake provider of texts, and brings it to where people can use it. */
export async function openHouse(options: OpenHouseOptions): Promise<OpenedHouse> {
  const sms = await startFakeSms(options.logDir);
  let topology: Topology | undefined;
  const stop = async () => {
    await topology?.stop();
    await sms.stop();
  };
  try {
    const env = {
      DATABASE_URL: options.databaseUrl,
      DATABASE_PREFIX: options.prefix,
      REDIS_URL: options.redisUrl,
      REDIS_PREFIX: options.prefix.replaceAll('_', '-'),
      DDP_MASTER_KEY: `k1:${randomBytes(32).toString('base64')}`,
      DDP_DEMO: '0',
      SMS_PROVIDER: 'fake',
      SMS_URL: sms.url,
      SMS_KEY: sms.key,
      ...options.env,
    };
    let oneTimePassword = '';
    topology = await startTopology({
      topology: options.topology,
      env,
      logDir: options.logDir,
      onAnnouncement: (line) => {
        const [word, , told] = line.split(' ');
        if (word === '@admin') oneTimePassword = told ?? '';
      },
    });
    const { url } = topology;
    const officers = await prepareHouse(url, oneTimePassword);
    const [officer] = officers;
    if (!officer) throw new Error('the house has no staff');
    return { url, smsUrl: sms.url, topology, env, officer, officers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
