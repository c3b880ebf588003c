import { operationsRoutes } from '@ddp/contracts/operations';
import { openDatabase } from '@ddp/db-kit/database';
import { newId } from '@ddp/db-kit/ids';
import { provisionSchema } from '@ddp/db-kit/provision';
import { directoryModule } from '@ddp/directory/module';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './store-fixture.ts';

const { listDeadLetters, replayDeadLetter } = operationsRoutes('directory');
const administrator = personAs('administrator', { areaPaths: ['/'] });

let house: Harness;
let db: Kysely<object>;
beforeAll(async () => {
  house = await createHarness({
    modules: [directoryModule],
    environment: { DDP_LOG_LEVEL: 'silent' },
  });
  const { url } = await provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: house.prefix,
    service: 'directory',
    masterKey: house.context.host.DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '',
  });
  db = openDatabase<object>({ url });
});
afterAll(() => Promise.all([house?.stop(), db?.destroy()]));

const list = (query = {}) => house.call(listDeadLetters, { query }, administrator);
const replay = (id: string, key?: string) =>
  house.call(replayDeadLetter, { params: { id } }, administrator, key);

/** An event that directory consumes, with a payload that it cannot. */
async function bury(): Promise<string> {
  const eventId = newId();
  await house.deliver('directory', {
    eventId,
    eventName: 'identity.person-erased',
    producer: 'identity',
    payload: { stranger: 1 },
    requestId: 'request-1',
  });
  await eventually(async () => (await list()).items.some((letter) => letter.eventId === eventId));
  return eventId;
}

/** As if the code had been mended that could not digest it. */
const mend = (id: string) =>
  run(
    db,
    `UPDATE directory_dead_letter SET payload = ? WHERE event_id = UNHEX(REPLACE(?, '-', ''))`,
    JSON.stringify({ personId: newId() }),
    id,
  );

const countReplays = async (id: string) =>
  (await run(db, "SELECT 1 FROM directory_audit WHERE object_id = ? AND object_kind = 'event'", id))
    .length;

describe('an operator', () => {
  it('sees the letters of a service, newest first, page by page', async () => {
    const [first, second] = [await bury(), await bury()];
    const page = await list({ limit: 1 });
    expect(page.items).toMatchObject([
      { eventId: second, producer: 'identity', payload: { stranger: 1 }, requestId: 'request-1' },
    ]);
    expect(page.items[0]?.reason).toContain('personId');
    const rest = await list({ limit: 1, cursor: page.nextCursor ?? '' });
    expect(rest.items.map(({ eventId }) => eventId)).toEqual([first]);
    const named = await list({ eventName: 'identity.person-erased', limit: 1 });
    expect(named.items.map(({ eventId }) => eventId)).toEqual([second]);
    expect((await list({ eventName: 'identity.person-joined' })).items).toEqual([]);
    const personId = newId();
    await run(
      db,
      `UPDATE directory_dead_letter SET payload = ? WHERE event_id = UNHEX(REPLACE(?, '-', ''))`,
      JSON.stringify({ personId, stranger: 1 }),
      first,
    );
    expect((await list({ about: personId })).items).toMatchObject([{ eventId: first }]);
    expect((await list({ about: newId() })).items).toEqual([]);
  });

  it('replays one: it has its effect, the letter is gone, and a repeat is answered alike', async () => {
    const id = await bury();
    await mend(id);
    const key = newId();
    await replay(id, key);
    await eventually(async () => (await list()).items.every((letter) => letter.eventId !== id));
    await replay(id, key);
    expect(await countReplays(id)).toBe(1);
    await expect(replay(id)).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('replays one that is not mended and sees it buried again, later', async () => {
    const id = await bury();
    const diedAt = async () => (await list()).items.find((one) => one.eventId === id)?.diedAt ?? '';
    const before = await diedAt();
    await replay(id);
    await eventually(async () => (await diedAt()) > before);
  });

  it('is told where there is no such letter', async () => {
    await expect(replay(newId())).rejects.toMatchObject({ slug: 'not-found' });
  });
});

it('nobody but an operator sees or replays anything', async () => {
  const id = await bury();
  for (const principal of [personAs('city-officer'), personAs('auditor'), personAs('resident')]) {
    const reading = house.call(listDeadLetters, {}, principal);
    await expect(reading).rejects.toMatchObject({ slug: 'forbidden' });
    const replaying = house.call(replayDeadLetter, { params: { id } }, principal);
    await expect(replaying).rejects.toMatchObject({ slug: 'forbidden' });
  }
});
