import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeSms, startFakeSms } from './fake-sms.ts';

const folder = mkdtempSync(join(tmpdir(), 'ddp-sms-'));
let sms: FakeSms;

beforeAll(async () => {
  sms = await startFakeSms(folder);
});

afterAll(async () => {
  await sms.stop();
  rmSync(folder, { recursive: true, force: true });
});

function post(path: string, body: string, key = sms.key): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return fetch(`${sms.url}${path}`, { method: 'POST', headers, body });
}

function send(phone: string, text: string): Promise<Response> {
  return post('/send', JSON.stringify({ phone, text }));
}

async function list(phone: string): Promise<string[]> {
  const response = await fetch(`${sms.url}/messages?phone=${phone}`);
  const { items } = (await response.json()) as { items: { text: string }[] };
  return items.map(({ text }) => text);
}

describe('the stand-in for a provider of text messages', () => {
  it('lists the messages of one phone, the newest first', async () => {
    await send('13800000001', '验证码 111111');
    await send('13800000001', '验证码 222222');
    await send('13800000002', 'another');
    expect(await list('13800000001')).toEqual(['验证码 222222', '验证码 111111']);
  });

  it('takes nothing without its key', async () => {
    const body = JSON.stringify({ phone: '13800000003', text: 'x' });
    expect((await post('/send', body, 'wrong')).status).toBe(401);
    expect(await list('13800000003')).toEqual([]);
  });

  it('refuses what it cannot read, and lives on', async () => {
    for (const body of ['', '{', '[]', '{"phone":1,"text":2}', `"${'x'.repeat(20_000)}"`]) {
      expect((await post('/send', body)).status).toBe(400);
    }
    expect((await fetch(`${sms.url}/healthz`)).status).toBe(200);
  });

  it('fails as often as it was told to, then works again', async () => {
    await post('/faults', JSON.stringify({ status: 500, count: 2 }));
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      statuses.push((await send('13800000004', 'x')).status);
    }
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('shows text as text on its page', async () => {
    await send('13800000005', '<script>alert(1)</script>');
    const page = await (await fetch(sms.url)).text();
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
  });
});
