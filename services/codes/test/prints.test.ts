import { issueAreaBatch, readBatch } from '@ddp/contracts/codes/batch-routes';
import * as prints from '@ddp/contracts/codes/print-routes';
import type { NewPrint, Print } from '@ddp/contracts/codes/prints';
import { issueResidentCard } from '@ddp/contracts/codes/resident-card-routes';
import * as routes from '@ddp/contracts/codes/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodesHouse, officer, openCodesHouse, stranger } from './house.ts';

let house: CodesHouse;
let codeIds: string[];
beforeAll(async () => {
  house = await openCodesHouse();
  codeIds = [];
  for (const name of ['乌兰', '龑頔婞', '康巴什区哈巴格希街道神华康城社区养老志愿服务队']) {
    const subject = await house.addSubject({ name });
    codeIds.push((await house.issue(subject.id, '大厅')).id);
  }
});
afterAll(() => house?.stop());

const order = (fields: Partial<NewPrint> = {}) => ({
  of: { kind: 'codes' as const, ids: codeIds },
  sheet: 'a4-2x4' as const,
  ...fields,
});
const ask = (body: ReturnType<typeof order>, as = officer, key = newId()) =>
  house.call(prints.requestPrint, { body }, as, key);
const finish = (print: Print) =>
  eventually(async () => {
    const seen = await house.call(prints.readPrint, { params: { id: print.id } }, officer);
    return seen.state === 'waiting' ? null : seen;
  });

describe('a print', () => {
  it('is made by a job, tells how far it is, and can be fetched when it is ready', async () => {
    const asked = await ask(order({ offsetXMm: 1.5, offsetYMm: -0.3 }));
    expect(asked).toMatchObject({ state: 'waiting', wanted: 3, sheet: 'a4-2x4', format: 'pdf' });
    expect(await finish(asked)).toMatchObject({ state: 'ready', drawn: 3, failure: null });
    const file = await house.call(prints.readPrintPdf, { params: { id: asked.id } }, officer);
    const text = Buffer.from(file).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  it('is one print for the same key, and its file is never half of another', async () => {
    const key = newId();
    const asked = await Promise.all(Array.from({ length: 4 }, () => ask(order(), officer, key)));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect((await ask(order(), officer, key)).id).toBe(asked[0]?.id);
    await expect(ask(order({ sheet: 'a3-poster' }), officer, key)).rejects.toMatchObject({
      slug: 'idempotency-key-reused',
    });
  });

  it('comes as one page of SVG where one page holds it', async () => {
    const asked = await ask(order({ format: 'svg' }));
    await finish(asked);
    const params = { id: asked.id };
    const file = await house.call(prints.readPrintSvg, { params }, officer);
    expect(Buffer.from(file).toString()).toMatch(/^<svg .*width="210mm"/);
    await expect(house.call(prints.readPrintPdf, { params }, officer)).rejects.toMatchObject({
      slug: 'conflict',
    });
    await expect(ask(order({ format: 'svg', sheet: 'label-60x40' }))).rejects.toMatchObject({
      document: { status: 400, errors: [{ pointer: '/format' }] },
    });
  });

  it('holds a whole batch, page after page', async () => {
    const body = { areaCode: '150603', place: '批量' };
    const batch = await house.call(issueAreaBatch, { body }, officer);
    const params = { id: batch.id };
    await eventually(
      async () => (await house.call(readBatch, { params }, officer)).state === 'done',
    );
    const of = { kind: 'batch' as const, id: batch.id };
    const asked = await ask({ ...order(), of, sheet: 'label-50x30' } as never);
    expect(await finish(asked)).toMatchObject({ state: 'ready', wanted: batch.wanted });
    const file = await house.call(prints.readPrintPdf, { params: { id: asked.id } }, officer);
    const pages = Buffer.from(file)
      .toString('latin1')
      .match(/\/Type \/Page\b/g);
    expect(pages).toHaveLength(batch.wanted);
  });

  it('is refused with the character and the row that the font lacks', async () => {
    const subject = await house.addSubject({ name: '张𠮷' });
    const code = await house.issue(subject.id, '');
    const of = { kind: 'codes' as const, ids: [codeIds[0] ?? '', code.id] };
    const error = await ask(order({ of })).catch((one: unknown) => one);
    expect(error).toMatchObject({
      slug: 'missing-glyph',
      document: { errors: [{ pointer: '/of/ids/1' }] },
    });
    expect(JSON.stringify(error)).toContain('𠮷');
  });

  it('is refused for codes that are not there, not in force, or elsewhere', async () => {
    const subject = await house.addSubject();
    const retired = await house.issue(subject.id, '');
    const closing = { params: { id: retired.id }, body: { state: 'retired' as const } };
    await house.call(routes.closeCode, closing, officer);
    for (const ids of [[newId()], [retired.id]]) {
      await expect(ask(order({ of: { kind: 'codes', ids } }))).rejects.toMatchObject({
        document: { status: 404 },
      });
    }
    await expect(ask(order(), stranger)).rejects.toMatchObject({ document: { status: 404 } });
    await expect(ask(order(), personAs('auditor'))).rejects.toMatchObject({
      document: { status: 403 },
    });
  });

  it('is hidden from other areas, and gone a day later', async () => {
    const asked = await ask(order());
    await finish(asked);
    const params = { id: asked.id };
    for (const route of [prints.readPrint, prints.readPrintPdf] as const) {
      await expect(house.call(route, { params }, stranger)).rejects.toMatchObject({
        document: { status: 404 },
      });
    }
    house.clock.advanceMs(25 * 3_600_000);
    const seen = await house.call(prints.readPrint, { params }, officer);
    expect(seen.state).toBe('expired');
    await expect(house.call(prints.readPrintPdf, { params }, officer)).rejects.toMatchObject({
      slug: 'conflict',
    });
  });
});

it('prints residents’ cards on their own sheet and on no other', async () => {
  const body = { personId: newId(), areaCode: '150603' };
  const card = await house.call(issueResidentCard, { body }, officer);
  const of = { kind: 'cards' as const, ids: [card.id] };
  const asked = await ask({ of, sheet: 'resident-card' } as never);
  expect(await finish(asked)).toMatchObject({ state: 'ready', drawn: 1 });
  await expect(ask({ of, sheet: 'a4-2x4' } as never)).rejects.toMatchObject({
    document: { errors: [{ pointer: '/sheet' }] },
  });
  await expect(ask(order({ sheet: 'resident-card' as never }))).rejects.toMatchObject({
    document: { errors: [{ pointer: '/sheet' }] },
  });
});

it('has a page to calibrate a printer with', async () => {
  const query = { offsetXMm: 2, offsetYMm: -1 };
  const file = await house.call(prints.readCalibrationPage, { query }, officer);
  expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-');
  await expect(
    house.call(prints.readCalibrationPage, { query: { offsetXMm: 50 } }, officer),
  ).rejects.toMatchObject({ document: { status: 400 } });
});
