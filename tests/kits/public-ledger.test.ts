import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { privateHalf, publicHalf } from '@ddp/ledger/domain/block';
import { exportPublicLedger } from '@ddp/ledger/export-public-ledger';
import { findTransfer } from '@ddp/ledger/read-transfers';
import { verifyChain } from '@ddp/ledger/verify-chain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger, pending, post, posted, type TestLedger, voiding } from './ledger-fixture.ts';

const script = path.join(import.meta.dirname, '../../packages/ledger/verify-public-ledger.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'ddp-public-'));
const file = path.join(folder, 'ledger.jsonl');
let t: TestLedger;
let text: string;
let ids: string[];

async function exportAll(options: { after: number; limit?: number } = { after: 0 }) {
  let all = '';
  for await (const chunk of exportPublicLedger(t.db, t.ledger.prefix, options)) all += chunk;
  return all;
}

/** What the script says of a file with this text. */
function verify(ledger: string, ...options: string[]) {
  writeFileSync(file, ledger);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, ...options]);
  return { status, told: stdout.toString(), complaint: stderr.toString().trim() };
}

/** Three blocks by SHA-256, then two by SM3, with every kind of transfer. */
beforeAll(async () => {
  t = await openLedger();
  const [bank, ada] = [await t.open(), await t.open('debits-may-not-exceed-credits')];
  const held = pending(ada, bank, 4);
  const lost = pending(ada, bank, 2, new Date(t.clock.now().getTime() + 60_000));
  const first = posted(bank, ada, 10, { reference: 'order:7' });
  await t.apply([[first], [held], [lost]]);
  await t.apply([[post(held.id, 3)]]);
  const third = pending(bank, ada, 1);
  await t.apply([[posted(bank, ada, 1, { code: 2 }), third, voiding(third.id)]]);
  t.ledger.hashName = 'sm3';
  t.clock.advanceMs(60_000);
  await t.sweep();
  await t.apply([[posted(bank, ada, 8)]]);
  ids = [bank, ada, held.id, lost.id, first.id, third.id];
  text = await exportAll();
});
afterAll(() => t?.db.destroy());

describe('the public ledger', () => {
  it('is verified by one script that needs nothing but Node', async () => {
    const { status, told } = verify(text);
    expect(status).toBe(0);
    const { head } = await verifyChain(t.db, t.ledger.prefix);
    const report = JSON.parse(told) as { sums: object[] };
    expect(report).toMatchObject({ blocks: 5, transfers: 9, head: { block: 5, hash: head.hash } });
    expect(report.sums).toContainEqual({
      ...{ unit: 'points', code: 1, kind: 'posted', transfers: 2, amount: '18' },
    });
    expect(verify(text, '--head', head.hash).status).toBe(0);
  });

  it('tells no account, no transfer and no reference', () => {
    for (const id of ids) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(id.replaceAll('-', ''));
    }
    expect(text).not.toContain('order:7');
    expect(text.match(/[0-9a-f]{8}-[0-9a-f]{4}/)).toBeNull();
  });

  it('goes on after any block', async () => {
    for (const after of [1, 2, 4]) {
      const begun = await exportAll({ after: 0, limit: after });
      expect(begun + (await exportAll({ after }))).toBe(text);
    }
    expect(await exportAll({ after: 5 })).toBe('');
  });

  it('lets a holder of a private half find the line that is theirs, and nobody guess one', async () => {
    const found = await findTransfer(t.db, t.ledger, ids[4] ?? '');
    if (!found) throw new Error('the transfer is not there');
    const half = privateHalf(found.transfer);
    const { status, told } = verify(text, '--prove', half);
    expect(status).toBe(0);
    expect(JSON.parse(told)).toMatchObject({
      proofs: [
        {
          line: 2,
          block: 1,
          position: 0,
          public: JSON.parse(publicHalf(found.transfer)) as unknown,
        },
      ],
    });
    const guess = verify(text, '--prove', half.replace('order:7', 'order:8'));
    expect(guess).toMatchObject({ status: 1 });
    expect(guess.complaint).toContain('no line has this private half');
  });
});

describe('the script', () => {
  const lines = () => text.trimEnd().split('\n');
  const isTransfer = (line: string) => line.startsWith('{"public"');

  it('names each line of a transfer in which anything was changed', () => {
    const flips: [RegExp, string][] = [
      [/^(\{"public":\[\d+,\d+,"[a-z-]+",)\d+/, '$1999'],
      [/"points",(\d)/, '"points",9$1'],
      [/"(private":")../, '"$1ff'],
      [/"(digest":")../, '"$1ff'],
      [/^\{"public":\[(\d+),(\d+)/, '{"public":[$1,7$2'],
    ];
    for (const [index, line] of lines().entries()) {
      if (!isTransfer(line)) continue;
      for (const [pattern, change] of flips) {
        const changed = line.replace(pattern, change);
        if (changed === line) continue;
        const { status, complaint } = verify(lines().with(index, changed).join('\n'));
        expect(`${status} ${complaint}`).toContain(`1 第 ${index + 1} 行不符 · line ${index + 1}:`);
      }
    }
  }, 60_000);

  it('finds a line that was deleted, doubled, put elsewhere or put in whole', () => {
    for (const [index, line] of lines().entries()) {
      const others = lines().toSpliced(index, 1);
      const broken = {
        deleted: others,
        doubled: lines().toSpliced(index, 0, line),
        moved: others.toSpliced((index + 3) % others.length, 0, line),
      };
      for (const [what, changed] of Object.entries(broken)) {
        // What lacks its end alone is a shorter ledger: only a head known from elsewhere tells.
        const head = (JSON.parse(lines().at(-2) ?? '{}') as { hash: string }).hash;
        const { status } = verify(changed.join('\n'), '--head', head);
        expect(`${what} ${index + 1}: ${status}`).toBe(`${what} ${index + 1}: 1`);
      }
    }
  }, 60_000);

  it('finds a file that ends before a head that was kept elsewhere', () => {
    const heads = lines().flatMap((line) => {
      const { block: seq, hash } = JSON.parse(line) as { block?: number; hash: string };
      return seq === undefined ? [] : [JSON.stringify({ seq, hash, time: 'then' })];
    });
    const anchors = path.join(folder, 'anchors.jsonl');
    writeFileSync(anchors, `${heads.join('\n')}\n`);
    expect(verify(text, '--anchors', anchors).status).toBe(0);
    const shorter = lines().slice(0, -2).join('\n');
    expect(verify(shorter).status).toBe(0);
    expect(verify(shorter, '--anchors', anchors).complaint).toContain('block 5 was anchored');
    expect(verify(lines().slice(0, -1).join('\n')).complaint).toContain('middle of a block');
  });

  it('says what is wrong with its own arguments', () => {
    expect(spawnSync(process.execPath, [script]).status).toBe(1);
    const { stderr } = spawnSync(process.execPath, [script, path.join(folder, 'nowhere')]);
    expect(stderr.toString()).toMatch(/^ENOENT/);
  });
});
