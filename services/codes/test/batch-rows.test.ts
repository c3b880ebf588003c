import { issueAreaBatch, readBatch, readBatchTable } from '@ddp/contracts/codes/batch-routes';
import { batchRequested } from '@ddp/contracts/codes/events';
import { requestPrint } from '@ddp/contracts/codes/print-routes';
import { rotateCode } from '@ddp/contracts/codes/routes';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { binaryToId, newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runBatch } from '../src/operations/run-batch.ts';
import { moveCodes } from '../src/store/codes.ts';
import { saveSubjectCard } from '../src/store/subject-cards.ts';
import { type CodesHouse, officer, openCodesHouse, toSubject } from './house.ts';

let house: CodesHouse;
beforeEach(async () => {
  // No worker: a test says when the job of a batch runs.
  house = await openCodesHouse({ DDP_ROLE: 'http' });
});
afterEach(() => house?.stop());

const keep = (subject: Subject) => saveSubjectCard(house.db, subject);

async function run(batchId: string): Promise<void> {
  const [row] = await house.sql('SELECT id FROM codes_outbox');
  await runBatch(
    {
      store: { db: house.db, prefix: 'codes', clock: house.clock, onCommit: () => {} },
    } as never,
    {
      eventId: binaryToId(row?.id as Buffer),
      eventName: batchRequested.name,
      producer: 'codes',
      payload: { batchId },
      requestId: newId(),
    },
  );
}

/** Subjects in force of the area, by their cards alone. */
async function plantCards(count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_none, index) => {
    const id = `0195512c000070008000${index.toString(16).padStart(12, '0')}`;
    return `(UNHEX('${id}'), 'organization', '第${index}队', '', '康巴什区', '/1506/150603/', 1, 1)`;
  });
  await house.sql(
    `INSERT INTO codes_subject_card
      (subject_id, kind, name, title, area_name, area_path, is_active, version)
      VALUES ${rows.join()}`,
  );
}

it('leaves out who was closed or left the area since a batch was asked for, and counts them', async () => {
  const names = ['留下的', '停用的', '迁走的', '调到社区的'];
  const [stays, closed, gone, deeper] = names.map((name) => toSubject({ name }));
  if (!stays || !closed || !gone || !deeper) throw new Error('a subject is missing');
  for (const subject of [stays, closed, gone, deeper]) await keep(subject);
  const body = { areaCode: '150603', place: '大厅' };
  const { id, wanted } = await house.call(issueAreaBatch, { body }, officer);
  expect(wanted).toBe(4);
  await keep({ ...closed, isActive: false, version: 2 });
  await keep({ ...gone, areaPath: '/1506/150602/', version: 2 });
  await keep({ ...deeper, areaPath: '/1506/150603/150603001/', version: 2 });

  await run(id);
  await run(id);
  const batch = await house.call(readBatch, { params: { id } }, officer);
  expect(batch).toMatchObject({ state: 'done', wanted: 4, issued: 2, leftOut: 2 });
  const codes = await house.sql('SELECT subject_id, area_path FROM codes_code ORDER BY area_path');
  expect(codes.map((code) => [binaryToId(code.subject_id as Buffer), code.area_path])).toEqual([
    [stays.id, '/1506/150603/'],
    [deeper.id, '/1506/150603/150603001/'],
  ]);
  expect(await house.audit()).toEqual([]);
});

it('gives back and prints every code, though a long run of rows before it was left out', async () => {
  await plantCards(1_100);
  const last = toSubject({ name: '最后的' });
  await keep(last);
  const body = { areaCode: '150603', place: '大厅' };
  const { id } = await house.call(issueAreaBatch, { body }, officer);
  await house.sql("UPDATE codes_subject_card SET is_active = 0 WHERE kind = 'organization'");
  await run(id);
  const params = { id };
  expect(await house.call(readBatch, { params }, officer)).toMatchObject({
    state: 'done',
    issued: 1,
    leftOut: 1_100,
  });
  const file = await house.call(readBatchTable, { params }, officer);
  const name = { key: 'name', title: { zh: '名称', en: 'Name' } };
  const others = ['单位', '区域', '位置', '输入码', '网址'];
  const columns = [name, ...others.map((zh) => ({ key: zh, title: { zh, en: zh } }))];
  const { rows } = await readTable(file, columns);
  expect(rows?.map(({ cells }) => cells.name)).toEqual(['最后的']);
  const order = { of: { kind: 'batch' as const, id }, sheet: 'a4-2x4' as const };
  expect((await house.call(requestPrint, { body: order }, officer)).wanted).toBe(1);
  expect(await house.audit()).toEqual([]);
});

it('ends where nobody is left, and refuses to print what holds no code', async () => {
  const subject = toSubject();
  await keep(subject);
  const body = { areaCode: '150603', place: '大厅' };
  const { id } = await house.call(issueAreaBatch, { body }, officer);
  await keep({ ...subject, isActive: false, version: 2 });
  await run(id);
  const batch = await house.call(readBatch, { params: { id } }, officer);
  expect(batch).toMatchObject({ state: 'done', issued: 0, leftOut: 1 });
  const order = { of: { kind: 'batch' as const, id }, sheet: 'a4-2x4' as const };
  await expect(house.call(requestPrint, { body: order }, officer)).rejects.toMatchObject({
    slug: 'conflict',
  });
});

/** Moves a subject by the steps of its event, while somebody else is at work with it. */
async function moveWhile(subject: Subject, areaPath: string, work: () => Promise<unknown>) {
  const isWaiting = async () => {
    const rows = await house.sql(
      `SELECT id FROM information_schema.PROCESSLIST WHERE id <> CONNECTION_ID()
        AND info LIKE '%codes_subject_card%for update%'`,
    );
    return rows.length > 0;
  };
  const working = await transact(house.db, async (tx) => {
    await saveSubjectCard(tx, { ...subject, areaPath, version: 2 });
    await moveCodes(tx, subject.id, areaPath);
    let isOver = false;
    const begun = work().finally(() => {
      isOver = true;
    });
    await eventually(async () => isOver || (await isWaiting()));
    return { begun };
  });
  await working.begun;
}

it('leaves no code behind where a subject was that moves at the same instant', async () => {
  const [inBatch, alone, rotated] = [toSubject(), toSubject(), toSubject()];
  for (const subject of [inBatch, alone, rotated]) await keep(subject);
  const { id: oldId } = await house.issue(rotated.id, '东门');
  const body = { areaCode: '150603', place: '大厅' };
  const { id } = await house.call(issueAreaBatch, { body }, officer);
  const deeper = '/1506/150603/150603001/';
  await moveWhile(inBatch, deeper, () => run(id));
  await moveWhile(alone, deeper, () => house.issue(alone.id, '西门'));
  await moveWhile(rotated, deeper, () =>
    house.call(rotateCode, { params: { id: oldId }, body: { graceHours: 1 } }, officer),
  );
  const moved = await house.sql(
    'SELECT COUNT(*) AS codes FROM codes_code WHERE area_path = ?',
    deeper,
  );
  // One of the batch for each of the three, one by itself, an old one and its replacement.
  expect(Number(moved[0]?.codes)).toBe(6);
  expect(await house.audit()).toEqual([]);
});
