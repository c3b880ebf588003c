import { listOwnCodes, readOwnCodeSvg } from '@ddp/contracts/codes/own-code-routes';
import * as routes from '@ddp/contracts/codes/routes';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { PNG } from 'pngjs';
import { decodeQR } from 'qr/decode.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CodesHouse, officer, openCodesHouse, stranger, tokenOf } from './house.ts';

let house: CodesHouse;
beforeAll(async () => {
  house = await openCodesHouse();
});
afterAll(() => house?.stop());

const scan = (token: string) => house.scan(token);

describe('issuing', () => {
  let subject: Subject;
  beforeEach(async () => {
    subject = await house.addSubject();
  });

  it('makes one active code for a subject and place, also under parallel requests', async () => {
    const body = { subjectId: subject.id, place: '大厅' };
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => house.call(routes.issueCode, { body }, officer)),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const refused = tries.find((one) => one.status === 'rejected');
    expect(refused).toMatchObject({ reason: { slug: 'code-exists' } });
  });

  it('answers a repeat with the first code', async () => {
    const key = newId();
    const body = { subjectId: subject.id, place: '二楼' };
    const first = await house.call(routes.issueCode, { body }, officer, key);
    expect(await house.call(routes.issueCode, { body }, officer, key)).toEqual(first);
    expect(first.url.length).toBeLessThanOrEqual(60);
  });

  it('is refused outside the area and for a subject nobody knows', async () => {
    const foreign = { subjectId: subject.id, place: '三楼' };
    await expect(house.call(routes.issueCode, { body: foreign }, stranger)).rejects.toMatchObject({
      document: { status: 404 },
    });
    const unknown = { subjectId: newId(), place: '' };
    await expect(house.call(routes.issueCode, { body: unknown }, officer)).rejects.toMatchObject({
      slug: 'unknown-subject',
    });
  });

  it('prints a QR that a decoder reads back as the address', async () => {
    const body = { subjectId: subject.id, place: '打印' };
    const code = await house.call(routes.issueCode, { body }, officer);
    const png = PNG.sync.read(
      Buffer.from(await house.call(routes.readCodePng, { params: { id: code.id } }, officer)),
    );
    expect(decodeQR({ width: png.width, height: png.height, data: png.data })).toBe(code.url);
    const svg = await house.call(routes.readCodeSvg, { params: { id: code.id } }, officer);
    expect(new TextDecoder().decode(svg)).toContain('<svg');
  });

  it('shows the code in force to whom it is of, and to nobody else', async () => {
    const body = { subjectId: subject.id, place: '' };
    const first = await house.call(routes.issueCode, { body }, officer);
    const params = { id: first.id };
    const code = await house.call(routes.rotateCode, { params, body: {} }, officer);
    const self = personAs('resident', { personId: subject.personId ?? '' });
    const { items } = await house.call(listOwnCodes, {}, self);
    expect(items.map(({ id, url }) => [id, url])).toEqual([[code.id, code.url]]);
    const svg = await house.call(readOwnCodeSvg, { params: { id: code.id } }, self);
    const shown = await house.call(routes.readCodeSvg, { params: { id: code.id } }, officer);
    expect(svg).toEqual(shown);
    await expect(house.call(readOwnCodeSvg, { params }, self)).rejects.toMatchObject({
      slug: 'not-found',
    });
    const other = personAs('resident');
    expect((await house.call(listOwnCodes, {}, other)).items).toEqual([]);
    await expect(
      house.call(readOwnCodeSvg, { params: { id: code.id } }, other),
    ).rejects.toMatchObject({ slug: 'not-found' });
  });
});

describe('a scan', () => {
  it('shows the subject by token and by typed short code, without personal data', async () => {
    const subject = await house.addSubject();
    const code = await house.call(
      routes.issueCode,
      { body: { subjectId: subject.id, place: '' } },
      officer,
    );
    const seen = await scan(tokenOf(code.url));
    expect(seen.subject.name).toBe('乌兰');
    expect(JSON.stringify(seen)).not.toContain(subject.personId);
    expect(await scan(code.shortCode.toLowerCase())).toEqual(seen);
    const resolved = await house.call(
      routes.resolveScan,
      { params: { token: tokenOf(code.url) } },
      serviceAs('ratings'),
    );
    expect(resolved.subjectPersonId).toBe(subject.personId);
  });

  it('answers a retired, a lost and a never issued token alike', async () => {
    const subject = await house.addSubject();
    const issue = (place: string) =>
      house.call(routes.issueCode, { body: { subjectId: subject.id, place } }, officer);
    const answers: unknown[] = [];
    for (const state of ['retired', 'lost'] as const) {
      const code = await issue(state);
      await house.call(routes.closeCode, { params: { id: code.id }, body: { state } }, officer);
      answers.push(await scan(tokenOf(code.url)).catch((error: Error) => error.message));
    }
    answers.push(await scan('0123456789abcdefghjkmnpqrs').catch((error: Error) => error.message));
    expect(new Set(answers).size).toBe(1);
  });

  it('works with the old code for the grace time and no longer', async () => {
    const subject = await house.addSubject();
    const body = { subjectId: subject.id, place: '轮换' };
    const old = await house.call(routes.issueCode, { body }, officer);
    const fresh = await house.call(
      routes.rotateCode,
      { params: { id: old.id }, body: { graceHours: 2 } },
      officer,
    );
    expect((await scan(tokenOf(old.url))).subject.id).toBe(subject.id);
    house.clock.advanceMs(2 * 3_600_000 + 1_000);
    await expect(scan(tokenOf(old.url))).rejects.toMatchObject({ slug: 'invalid-code' });
    expect((await scan(tokenOf(fresh.url))).subject.id).toBe(subject.id);
  });

  it('ends when the subject is closed, and an older card never comes back', async () => {
    const subject = await house.addSubject({ version: 5 });
    const body = { subjectId: subject.id, place: '停用' };
    const code = await house.call(routes.issueCode, { body }, officer);
    await house.tell({ ...subject, version: 6, isActive: false, name: '已注销' });
    await eventually(() =>
      scan(tokenOf(code.url)).then(
        () => false,
        () => true,
      ),
    );
    await house.tell({ ...subject, version: 4 });
    await house.addSubject();
    await expect(scan(tokenOf(code.url))).rejects.toMatchObject({ slug: 'invalid-code' });
  });
});

it('takes a report about any code, and answers alike for one that is not ours', async () => {
  const body = { reason: 'pasted-over' as const };
  const report = (token: string) =>
    house.call(routes.reportCode, { params: { token }, body }, anonymous);
  expect(await report('0123456789abcdefghjkmnpqrs')).toEqual({ received: true });
});
