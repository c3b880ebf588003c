import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAnchors } from '@ddp/ledger/anchor-file';
import { verifyChain } from '@ddp/ledger/verify-chain';
import { eventually } from '@ddp/testing/module-harness';
import { expect, it } from 'vitest';
import { openHouse } from './house.ts';

it('keeps heads of the ledger by and by and at a clean stop, hashed as it was asked to', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'ddp-anchors-')), 'anchors.jsonl');
  const house = await openHouse({
    LEDGER_ANCHOR_FILE: file,
    LEDGER_HASH: 'sm3',
    DDP_INTERVAL_SCALE: '0.0001',
  });
  await house.enrich(await house.joined());
  const swept = await eventually(async () => {
    const anchors = await readAnchors(file);
    return anchors?.at(-1) ?? null;
  });
  expect(
    (await house.sql('SELECT DISTINCT hash_name AS name FROM points_ledger_block'))[0],
  ).toEqual({ name: 'sm3' });
  await house.enrich(await house.joined());
  const { head } = await verifyChain(house.db, 'points_ledger');
  expect(head.seq).toBeGreaterThan(swept.seq);
  await house.stop();
  const kept = await readAnchors(file);
  expect(kept?.at(-1)).toMatchObject(head);
});
