import { createHash, randomBytes } from 'node:crypto';
import { createSimulatedClock } from '@ddp/calendar/clock';
import { call } from '@ddp/contracts/call';
import * as routes from '@ddp/contracts/identity/routes';
import { readHostConfig } from '@ddp/service-kit/config';
import { createLog } from '@ddp/service-kit/log';
import { createMetrics } from '@ddp/service-kit/metrics';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { testMasterKey } from '@ddp/testing/keys';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityModule } from '../src/module.ts';

const secretKey = `k1:${createHash('sha256').update('a secret of this test').digest('base64')}`;
let prefix: string;
let lines: string[];

beforeEach(() => {
  prefix = drawPrefix();
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    if (String(text).startsWith('@admin')) lines.push(String(text).trim());
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function start(environment: Record<string, string> = {}) {
  const engines = readTestEngines();
  const settings = {
    DATABASE_URL: engines.databaseUrl,
    DATABASE_PREFIX: prefix,
    REDIS_URL: engines.redisUrl,
    REDIS_PREFIX: prefix.replaceAll('_', '-'),
    DDP_MASTER_KEY: secretKey,
    DDP_LOG_LEVEL: 'silent',
    ...environment,
  };
  const host = readHostConfig(settings);
  return identityModule.create({
    environment: settings,
    host,
    clock: createSimulatedClock(new Date()),
    log: createLog('silent'),
    metrics: createMetrics(),
    peerOf: (service) => {
      throw new Error(`no ${service} here`);
    },
  });
}

describe('the first start', () => {
  it('tells the one-time password of one administrator once, also to two processes at once', async () => {
    const modules = await Promise.all([start(), start()]);
    modules.push(await start());
    expect(lines).toHaveLength(1);
    const [, login = '', password = ''] = lines[0]?.split(' ') ?? [];
    const me = await call(
      routes.signInByPassword,
      { body: { login, password } },
      { baseUrl: 'http://identity.test', fetch: modules[0]?.fetch ?? fetch },
    );
    expect(me).toMatchObject({ mustChangePassword: true, roles: ['administrator', 'resident'] });
    for (const module of modules) await module.stop();
  });
});

describe('a production start', () => {
  const production = { DDP_MODE: 'production', SMS_PROVIDER: 'http' };

  it('is refused with a fake provider, a demo, or a key that is no secret', async () => {
    await expect(start({ ...production, SMS_PROVIDER: 'fake' })).rejects.toThrow('SMS_PROVIDER');
    await expect(start({ ...production, DDP_DEMO: '1' })).rejects.toThrow('DDP_DEMO');
    await expect(start({ ...production, DDP_MASTER_KEY: testMasterKey })).rejects.toThrow(
      'DDP_MASTER_KEY',
    );
    expect(lines).toEqual([]);
  });

  it('is refused on a database with demo accounts, and accepted without', async () => {
    const demo = await start({ DDP_DEMO: '1', DDP_DEMO_PASSWORD: 'demo-password' });
    await demo.stop();
    await expect(start(production)).rejects.toThrow('demo accounts');
    prefix = drawPrefix();
    await (await start(production)).stop();
    expect(lines).toHaveLength(1);
  });
});

it('starts with a new key before the old one, and refuses to start without the old one', async () => {
  const database = await start();
  await database.stop();
  const newKey = `k2:${randomBytes(32).toString('base64')}`;
  const { DATABASE_URL: url } = await ownDatabase();
  await (
    await start({ DDP_MASTER_KEY: `${newKey},${secretKey}`, IDENTITY_DATABASE_URL: url })
  ).stop();
  await expect(start({ DDP_MASTER_KEY: newKey, IDENTITY_DATABASE_URL: url })).rejects.toThrow(
    'phone index',
  );
});

/** The schema's URL stays the same while the key that its password follows from changes. */
async function ownDatabase() {
  const { provisionSchema } = await import('@ddp/db-kit/provision');
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix,
    service: 'identity',
    masterKey: Buffer.from(secretKey.slice(3), 'base64').toString('base64'),
  });
  return { DATABASE_URL: url };
}
