import { readPublicLedger } from '@ddp/contracts/points/routes';
import { readHead } from '@ddp/ledger/read-head';
import { anonymous } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ LEDGER_HASH: 'sm3' });
});
afterAll(() => house?.stop());

async function read(after: number, limit?: number): Promise<string[]> {
  const query = { after, ...(limit === undefined ? {} : { limit }) };
  const bytes = await house.call(readPublicLedger, { query }, anonymous);
  const text = Buffer.from(bytes).toString();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text.split('\n').slice(0, -1);
}

it('is given to anybody, some blocks at a time, without whose it is', async () => {
  for (let count = 0; count < 30; count += 1) await house.enrich(await house.joined());
  const ledger = { prefix: 'points_ledger', hashName: 'sm3', clock: house.clock } as const;
  const head = await readHead(house.db, ledger);
  const lines: string[] = [];
  for (let after = 0; ; ) {
    const page = await read(after, 7);
    if (page.length === 0) break;
    lines.push(...page);
    const blocks = page.filter((line) => line.startsWith('{"block"'));
    expect(blocks.length).toBeLessThanOrEqual(7);
    after = (JSON.parse(blocks.at(-1) ?? '{}') as { block: number }).block;
  }
  expect(lines).toEqual(await read(0));
  const last = lines.findLast((line) => line.startsWith('{"block"'));
  expect(JSON.parse(last ?? '{}')).toMatchObject({
    ...{ block: head.seq, hash: head.hash, hashName: 'sm3' },
  });
  expect(lines.join('')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
});

it('names what is wrong with a request, and ends with the head', async () => {
  await expect(
    house.call(readPublicLedger, { query: { after: -1 } }, anonymous),
  ).rejects.toMatchObject({ document: { status: 400 } });
  expect(await read(1_000_000)).toEqual([]);
});
