import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHouseClient } from '@ddp/contracts/house-client';
import { demoOfficer } from '@ddp/contracts/identity/demo-account';
import { changePassword, signInByPassword } from '@ddp/contracts/identity/routes';
import { listBenefits, listMerchants } from '@ddp/contracts/rewards/routes';
import { findBroken } from '@ddp/infra/demo/run-audit';
import { startFakeSms } from '@ddp/infra/fake-sms/fake-sms';
import { startTopology } from '@ddp/infra/topology';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { expect, it, vi } from 'vitest';

const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-demo-'));

/** A suite that fills its demo; the settings of each start are the same. */
async function prepare() {
  const sms = await startFakeSms(logDir);
  const { databaseUrl, redisUrl } = readTestEngines();
  const prefix = drawPrefix();
  const env = {
    DATABASE_URL: databaseUrl,
    DATABASE_PREFIX: prefix,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: prefix.replaceAll('_', '-'),
    DDP_MASTER_KEY: `k1:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`,
    DDP_DEMO: '1',
    DDP_DEMO_DAYS: '3',
    DDP_INTERVAL_SCALE: '0.2',
    SMS_PROVIDER: 'fake',
    SMS_URL: sms.url,
    SMS_KEY: sms.key,
  };
  return { env, sms };
}

it('fills the demo once, and starts again whatever became of its account', async () => {
  const { env, sms } = await prepare();
  const heard: string[] = [];
  const start = () =>
    startTopology({ topology: 'mounted', env, logDir, onAnnouncement: (line) => heard.push(line) });
  let house = await start();
  try {
    const officer = createHouseClient(house.url);
    const { login, password } = demoOfficer;
    await officer.call(signInByPassword, { body: { login, password } });
    const query = { limit: 100 };
    expect((await officer.call(listMerchants, { query })).items).toHaveLength(13);
    expect((await officer.call(listBenefits, { query })).items).toHaveLength(31);
    // The filling ends on a later day than it began: the next sweep hands on what is overdue by then.
    await vi.waitFor(() => expect(findBroken(env)).toEqual([]), {
      timeout: 60_000,
      interval: 2_000,
    });
    const change = { currentPassword: demoOfficer.password, newPassword: 'another-long-password' };
    await officer.call(changePassword, { body: change });
    await house.stop();
    house = await start();
    const pages = heard.filter((line) => line.startsWith('@pages'));
    expect(pages).toHaveLength(2);
    expect(pages[1]).toContain('/e/');
  } finally {
    await house.stop();
    await sms.stop();
  }
}, 180_000);
