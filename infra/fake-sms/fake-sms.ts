import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import { findFreePort } from '../engines/ports.ts';
import { openLog } from '../processes/log-sink.ts';
import { type ServiceProcess, startServiceProcess } from '../processes/service-process.ts';

export interface FakeSms {
  url: string;
  key: string;
  process: ServiceProcess;
  stop(): Promise<void>;
}

/** Starts the stand-in for a provider of text messages, on 127.0.0.1. */
export async function startFakeSms(logDir: string, port?: number): Promise<FakeSms> {
  const own = port ?? (await findFreePort());
  const key = randomBytes(18).toString('hex');
  const url = `http://127.0.0.1:${own}`;
  const started = await startServiceProcess({
    name: 'fake-sms',
    script: join(paths.root, 'infra', 'fake-sms', 'server.mjs'),
    env: { ...process.env, FAKE_SMS_PORT: String(own), FAKE_SMS_KEY: key },
    healthUrl: `${url}/healthz`,
    log: openLog(join(logDir, 'fake-sms.log')),
    readyLimitMs: 15_000,
  });
  return { url, key, process: started, stop: () => started.stop() };
}
