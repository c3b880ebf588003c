import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Anchor, AnchorFileError, appendAnchor, readAnchors } from '@ddp/ledger/anchor-file';
import { digestTransfer, hashBlock } from '@ddp/ledger/domain/block';
import { findTransfer } from '@ddp/ledger/read-transfers';
import { verifyChain } from '@ddp/ledger/verify-chain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, posted, type TestLedger } from './ledger-fixture.ts';

const hashOf = (n: number) => n.toString(16).padStart(64, '0');
const time = '2026-11-24T08:00:00.000Z';
let file: string;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), 'ddp-anchors-')), 'kept/anchors.jsonl');
});

describe('the anchor file', () => {
  it('takes a line from each of many writers, each of them whole', async () => {
    const seqs = Array.from({ length: 60 }, (_, index) => index + 1);
    await Promise.all(seqs.map((seq) => appendAnchor(file, { seq, hash: hashOf(seq), time })));
    const anchors = await readAnchors(file);
    expect(anchors?.map(({ seq }) => seq)).toEqual(seqs);
  });

  it('keeps a head once that did not move, and one that moved back', async () => {
    for (const seq of [7, 7, 8, 8, 7, 7])
      await appendAnchor(file, { seq, hash: hashOf(seq), time });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Anchor).seq)).toEqual([7, 8, 7]);
  });

  it('says that it is not there, and names a line that is no anchor', async () => {
    expect(await readAnchors(file)).toBeNull();
    await appendAnchor(file, { seq: 1, hash: hashOf(1), time });
    appendFileSync(file, '{"seq":2,"ha');
    await appendAnchor(file, { seq: 3, hash: hashOf(3), time });
    await expect(readAnchors(file)).rejects.toThrow(AnchorFileError);
    await expect(readAnchors(file)).rejects.toThrow(/line 2 /);
    expect(readFileSync(file, 'utf8').split('\n')[2]).toContain('"seq":3');
  });
});

describe('a chain against its anchors', () => {
  let t: TestLedger;
  let anchors: Anchor[];
  let ids: string[];
  beforeAll(async () => {
    t = await openLedger();
  });
  afterAll(() => t?.db.destroy());
  beforeEach(async () => {
    for (const table of ['transfer', 'block']) await t.sql(`DELETE FROM test_ledger_${table}`);
    await t.sql(`UPDATE test_ledger_head SET seq = 0, hash = UNHEX(REPEAT('00', 32))`);
    const [bank, ada] = [await t.open(), await t.open()];
    anchors = [];
    ids = [];
    for (const amount of [1, 2, 3, 4]) {
      const transfer = posted(bank, ada, amount);
      await t.apply([[transfer]]);
      ids.push(transfer.id);
      const { head } = await verifyChain(t.db, t.ledger.prefix);
      anchors.push({ ...head, time });
    }
  });
  const faultAgainst = async (kept: Anchor[]) =>
    (await verifyChain(t.db, t.ledger.prefix, kept)).fault;

  it('passes through every one of them', async () => {
    expect(await faultAgainst(anchors)).toBeNull();
    const [first, , third] = anchors;
    expect(await faultAgainst([first, first, third].flatMap((one) => one ?? []))).toBeNull();
  });

  it('is found cut, with the first row that is gone, also where the head moved back', async () => {
    await t.sql('DELETE FROM test_ledger_transfer WHERE block_seq > 2');
    await t.sql('DELETE FROM test_ledger_block WHERE seq > 2');
    await t.sql(`UPDATE test_ledger_head SET seq = 2, hash = UNHEX('${anchors[1]?.hash}')`);
    expect(await faultAgainst([])).toBeNull();
    const fault = await faultAgainst(anchors);
    expect(fault).toMatchObject({ blockSeq: 3, position: 0 });
    expect(fault?.reason).toMatch(/cut: block 3 was anchored/);
  });

  it('is found written anew, with the last block that can be trusted', async () => {
    await rewriteFrom(3);
    expect(await faultAgainst([])).toBeNull();
    const fault = await faultAgainst(anchors.filter(({ seq }) => seq !== 3));
    expect(fault).toMatchObject({ blockSeq: 4 });
    expect(fault?.reason).toMatch(/agrees with an anchor is 2$/);
  });

  /** What somebody does who may write every table: another amount, and every hash after it. */
  async function rewriteFrom(seq: number): Promise<void> {
    let previousHash: Buffer = Buffer.from(anchors[seq - 2]?.hash ?? '', 'hex');
    for (let at = seq; at <= ids.length; at += 1) {
      const found = await findTransfer(t.db, t.ledger, ids[at - 1] ?? '');
      if (!found) throw new Error('the transfer is not there');
      const forged = { ...found.transfer, amount: found.transfer.amount + (at === seq ? 1 : 0) };
      const digest = digestTransfer('sha256', forged);
      const header = { seq: at, createdAt: forged.createdAt, previousHash };
      const hash = hashBlock('sha256', header, [digest]);
      await t.sql(
        'UPDATE test_ledger_transfer SET amount = ?, digest = ? WHERE block_seq = ?',
        forged.amount,
        digest,
        at,
      );
      await t.sql(
        'UPDATE test_ledger_block SET previous_hash = ?, hash = ? WHERE seq = ?',
        previousHash,
        hash,
        at,
      );
      previousHash = hash;
    }
    await t.sql('UPDATE test_ledger_head SET hash = ?', previousHash);
  }
});
