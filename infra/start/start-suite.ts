import { join } from 'node:path';
import { Stop } from '../bootstrap/stop.mjs';
import type { Say } from '../engines/engine.ts';
import { isPortFree } from '../engines/ports.ts';
import { provideEngines } from '../engines/provide.ts';
import { type FakeSms, startFakeSms } from '../fake-sms/fake-sms.ts';
import { startTopology, type Topology } from '../topology.ts';
import { anchorFileOf } from './anchor-file.ts';
import { collectAnnouncements, formatAnnouncements } from './announcements.ts';
import { rememberMasterKey } from './master-key.ts';
import type { StartOptions } from './options.ts';
import { dataDir, recordRunning } from './running-file.ts';
import { seedDemo } from './seed-demo.ts';

/** Things to undo, last first. */
export type Undo = (() => Promise<void>)[];

async function assertPortIsFree(port: number): Promise<void> {
  if ((await isPortFree(port, '127.0.0.1')) && (await isPortFree(port, '0.0.0.0'))) return;
  throw new Stop(
    `Port ${port} is taken by another program. Choose another one: PORT=${port + 10} npm start`,
  );
}

function settingsOf(
  options: StartOptions,
  sms: FakeSms | null,
  anchorFile: string | undefined,
): NodeJS.ProcessEnv {
  const key = process.env.DDP_MASTER_KEY ?? rememberMasterKey(join(dataDir, 'keys.json'));
  const smsSettings =
    sms === null ? {} : { SMS_PROVIDER: 'fake', SMS_URL: sms.url, SMS_KEY: sms.key };
  const demo = { DDP_DEMO: options.demo ? '1' : '0' };
  return { DDP_MASTER_KEY: key, ...demo, LEDGER_ANCHOR_FILE: anchorFile, ...smsSettings };
}

export interface Started {
  url: string;
  /** Lines to show below `ready`. */
  table: string[];
  topology: Topology;
}

/**
 * Starts engines, the fake SMS server where it belongs, and the suite. Whatever has started is on
 * `undo`, also when this throws. `checkpoint` throws once somebody asked to stop.
 */
export async function startSuite(
  options: StartOptions,
  undo: Undo,
  say: Say,
  checkpoint: () => void,
): Promise<Started> {
  await assertPortIsFree(options.port);
  const { databaseUrl, redisUrl } = options;
  const engines = await provideEngines({
    dir: dataDir,
    durability: 'full',
    say,
    databaseUrl,
    redisUrl,
  });
  undo.push(engines.stop);
  const anchorFile = anchorFileOf(databaseUrl === undefined ? 'embedded' : 'given');
  recordRunning({ databaseUrl: engines.databaseUrl, redisUrl: engines.redisUrl, anchorFile });
  checkpoint();
  const logDir = join(dataDir, 'logs');
  const useFake = options.demo && (process.env.SMS_PROVIDER ?? 'fake') === 'fake';
  const sms = useFake && !process.env.SMS_URL ? await startFakeSms(logDir) : null;
  if (sms !== null) {
    undo.push(sms.stop);
    recordRunning({ smsUrl: sms.url, pids: { 'fake-sms': sms.process.pid } });
  }
  checkpoint();
  const { heard, hear } = collectAnnouncements();
  const own = settingsOf(options, sms, anchorFile);
  const addresses = { DATABASE_URL: engines.databaseUrl, REDIS_URL: engines.redisUrl };
  const onSpawn = (name: string, pid: number) => recordRunning({ pids: { [name]: pid } });
  const publicUrl = { PUBLIC_URL: process.env.PUBLIC_URL ?? `http://localhost:${options.port}` };
  if (options.demo && options.topology === 'split') {
    const env = { ...own, ...addresses, ...publicUrl };
    say('filling the demo where it is not there yet');
    await seedDemo({ env, logDir, hear, onSpawn: (pid) => onSpawn('seed', pid) });
    checkpoint();
  }
  say(`starting the suite (log: ${join('.data', 'logs')})`);
  const topology = await startTopology({
    topology: options.topology,
    env: { ...own, ...addresses, ...publicUrl },
    port: options.port,
    logDir,
    onAnnouncement: hear,
    checkpoint,
    onSpawn,
  });
  undo.push(topology.stop);
  const url = publicUrl.PUBLIC_URL;
  const texts: [string, string][] = sms === null ? [] : [['短信（演示） texts', sms.url]];
  const more: [string, string][] = [['接口文档 API docs', `${url}/docs`], ...texts];
  return { url, table: formatAnnouncements(heard, more), topology };
}
