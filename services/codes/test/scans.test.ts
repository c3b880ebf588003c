import { principalHeader } from '@ddp/auth/principal-token';
import * as routes from '@ddp/contracts/codes/routes';
import type { Code } from '@ddp/contracts/codes/schemas';
import { newToken } from '@ddp/qr/token';
import type { RunningModule } from '@ddp/service-kit/module';
import { eventually, signPrincipal } from '@ddp/testing/module-harness';
import { serviceAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codesModule } from '../src/module.ts';
import { type CodesHouse, officer, openCodesHouse, tokenOf } from './house.ts';

let house: CodesHouse;
let other: RunningModule;
let subjectId: string;
let places = 0;
beforeAll(async () => {
  house = await openCodesHouse();
  // A second process over the same schema; it makes none of the changes.
  other = await codesModule.create(house.context);
});
afterAll(async () => {
  await other?.stop();
  await house?.stop();
});
beforeEach(async () => {
  subjectId = (await house.addSubject()).id;
});

async function ask(module: { fetch: (request: Request) => Promise<Response> }, text: string) {
  const url = `http://codes.test/v1/scans/${text}`;
  const answer = await module.fetch(new Request(url, { headers: { 'x-request-id': 'the-same' } }));
  return { status: answer.status, headers: [...answer.headers], body: await answer.text() };
}
const here = { fetch: (request: Request) => house.fetchOf('codes')(request) };
const issue = () => {
  places += 1;
  return house.issue(subjectId, `${places}号窗口`);
};
const close = (code: Code, state: 'retired' | 'lost') =>
  house.call(routes.closeCode, { params: { id: code.id }, body: { state } }, officer);

describe('what a scan shows', () => {
  it('follows the photo of the subject, also where it is taken away', async () => {
    const subject = await house.addSubject();
    const token = tokenOf((await house.issue(subject.id, '照片')).url);
    const shown = async () => (await house.scan(token)).subject.photoId;
    expect(await shown()).toBeNull();
    const photoId = 'ab'.repeat(32);
    await house.tell({ ...subject, photoId, version: 2 });
    await eventually(async () => (await shown()) === photoId);
    await house.tell({ ...subject, photoId: null, version: 3 });
    await eventually(async () => (await shown()) === null);
  });
});

describe('a code that ends', () => {
  it.each(['retired', 'lost'] as const)(
    'is refused by every process once it is %s',
    async (state) => {
      const code = await issue();
      const token = tokenOf(code.url);
      for (const text of [token, code.shortCode]) {
        expect((await ask(here, text)).status).toBe(200);
        expect((await ask(other, text)).status).toBe(200);
      }
      await close(code, state);
      for (const text of [token, code.shortCode]) {
        expect((await ask(here, text)).status).toBe(404);
        await eventually(async () => (await ask(other, text)).status === 404, 5_000);
      }
    },
  );

  it('is refused also by a process that missed the change before the log was purged', async () => {
    const code = await issue();
    const token = tokenOf(code.url);
    expect((await ask(other, token)).status).toBe(200);
    await close(code, 'retired');
    await house.sql('DELETE FROM codes_change');
    await eventually(async () => (await ask(other, token)).status === 404, 5_000);
  });

  it('ends with its grace to the millisecond, also where it is remembered', async () => {
    const code = await issue();
    const token = tokenOf(code.url);
    await ask(here, token);
    const rotation = { params: { id: code.id }, body: { graceHours: 1 } };
    await house.call(routes.rotateCode, rotation, officer);
    house.clock.advanceMs(3_590_000);
    expect((await ask(here, token)).status).toBe(200);
    house.clock.advanceMs(15_000);
    expect((await ask(here, token)).status).toBe(404);
  });

  it('shows a new card in every process when its subject changed', async () => {
    const code = await issue();
    const subject = await house.addSubject({ name: '旧名' });
    const own = await house.issue(subject.id);
    await ask(other, tokenOf(own.url));
    await house.tell({ ...subject, name: '新名', version: 2 });
    const shows = async (name: string) => (await ask(other, tokenOf(own.url))).body.includes(name);
    await eventually(() => shows('新名'), 20_000);
    expect((await ask(other, tokenOf(code.url))).status).toBe(200);
  });
});

describe('whatever is not in force', () => {
  it('answers alike to the byte: retired, lost, out of grace, never issued, not a code', async () => {
    const [retired, lost, rotated] = [await issue(), await issue(), await issue()];
    for (const code of [retired, lost, rotated]) await ask(here, tokenOf(code.url));
    await close(retired, 'retired');
    await close(lost, 'lost');
    const rotation = { params: { id: rotated.id }, body: { graceHours: 0 } };
    await house.call(routes.rotateCode, rotation, officer);
    const texts = [retired, lost, rotated].flatMap((code) => [tokenOf(code.url), code.shortCode]);
    const answers = new Set<string>();
    for (const text of [
      ...texts,
      newToken(),
      '7KX-29M-4QT',
      'nonsense',
      newToken().toUpperCase(),
    ]) {
      answers.add(JSON.stringify(await ask(here, text)));
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain('此码无效或已停用');
  });

  it('is never hit by guesses, and a flood of them crowds out no code', async () => {
    const code = await issue();
    await ask(here, tokenOf(code.url));
    let hits = 0;
    for (let round = 0; round < 40; round += 1) {
      const guesses = Array.from({ length: 250 }, () => ask(here, newToken()));
      for (const { status } of await Promise.all(guesses)) hits += status === 404 ? 0 : 1;
    }
    expect(hits).toBe(0);
    expect((await ask(here, tokenOf(code.url))).status).toBe(200);
  });
});

it('tells another service what it tells nobody else', async () => {
  const code = await issue();
  const principal = serviceAs('ratings');
  const headers = { [principalHeader]: signPrincipal('codes', principal) };
  const url = `http://codes.test/v1/resolved-scans/${tokenOf(code.url)}`;
  const answer = await house.fetchOf('codes')(new Request(url, { headers }));
  expect(await answer.json()).toMatchObject({ areaPath: '/1506/150603/' });
  expect((await house.fetchOf('codes')(new Request(url))).status).toBe(403);
});
