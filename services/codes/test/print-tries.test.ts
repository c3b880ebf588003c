import { printRequested } from '@ddp/contracts/codes/events';
import { readPrint, requestPrint } from '@ddp/contracts/codes/print-routes';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePrint } from '../src/operations/make-print.ts';
import { insertPart } from '../src/store/prints.ts';
import { saveSubjectCard } from '../src/store/subject-cards.ts';
import { type CodesHouse, officer, openCodesHouse, toSubject } from './house.ts';

let house: CodesHouse;
beforeAll(async () => {
  // No worker: a test makes each try itself.
  house = await openCodesHouse({ DDP_ROLE: 'http' });
});
afterAll(() => house?.stop());

/** A print that was asked for, and the event that tells of it. */
async function askForPrint() {
  const subject = toSubject();
  await saveSubjectCard(house.db, subject);
  const code = await house.issue(subject.id, '大厅');
  const body = { of: { kind: 'codes' as const, ids: [code.id] }, sheet: 'a4-2x4' as const };
  const { id } = await house.call(requestPrint, { body }, officer);
  const [row] = await house.sql('SELECT id FROM codes_outbox');
  return {
    eventId: binaryToId(row?.id as Buffer),
    eventName: printRequested.name,
    producer: 'codes',
    payload: { printId: id },
    requestId: newId(),
  };
}
type Told = Awaited<ReturnType<typeof askForPrint>>;

const attempt = (told: Told) =>
  makePrint(
    {
      store: { db: house.db, prefix: 'codes', clock: house.clock, onCommit: () => {} },
      publicUrl: 'http://localhost:8080',
    } as never,
    told,
  );
const countHandled = async ({ eventId }: Told) => {
  const rows = await house.sql('SELECT 1 FROM codes_inbox WHERE event_id = ?', idToBinary(eventId));
  return rows.length;
};

it('leaves the event of a print to the newer try, though that one comes to nothing', async () => {
  const told = await askForPrint();
  const { printId } = told.payload;
  const id = idToBinary(printId);
  // The first try cannot write its part down before the second has begun.
  const held = await house.db.startTransaction().execute();
  const part = { id: printId, attempt: 1 } as Parameters<typeof insertPart>[1];
  await insertPart(held, part, 0, Buffer.from('held'));
  const first = attempt(told);
  await eventually(async () => {
    const [print] = await house.sql('SELECT attempt FROM codes_print WHERE id = ?', id);
    return print?.attempt === 1;
  });
  await house.sql('UPDATE codes_print SET attempt = 2 WHERE id = ?', id);
  await held.rollback().execute();
  await first;
  const print = () => house.call(readPrint, { params: { id: printId } }, officer);
  expect((await print()).state).toBe('waiting');
  expect(await countHandled(told)).toBe(0);

  // The second was killed; what nobody has done comes again.
  await attempt(told);
  expect((await print()).state).toBe('ready');
  expect(await countHandled(told)).toBe(1);
  expect(await house.audit()).toEqual([]);
});
