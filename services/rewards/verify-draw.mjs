#!/usr/bin/env node
// Recomputes a draw: node verify-draw.mjs <record> [--ledger <public ledger>]
// Needs Node 20 and nothing else. The record is what /api/rewards/v1/draws/<id>/record gives, JSON
// lines: one that describes the draw, then one for each entry in the order of the result.
//   seed hash = SHA-256(seed), published before anybody entered
//   list hash = SHA-256(entry numbers in ascending order, parted by line feeds), published before
//               the ledger had the block that was drawn with
//   ticket    = SHA-256(seed ‖ hash of that block ‖ entry number)
// ‖ joins bytes. Entries stand by ascending ticket; the first are the winners, and the others follow
// where one of them cannot redeem. With --ledger it also looks the block up in the public ledger.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { ledger: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined) stop('usage: node verify-draw.mjs <record> [--ledger <public ledger>]');

const [draw, ...entries] = readLines(file);
if (draw?.head === null || draw?.seed === null) stop('还没有抽签 · it is not drawn yet');
const numbers = entries.map((entry) => entry.entryNumber);
const { seed, head } = draw;
check(sha256(Buffer.from(seed, 'hex')) === draw.seedHash, 'the seed is not the one of its hash');
check(numbers.length === draw.entries, 'entries are missing, or too many');
check(new Set(numbers).size === numbers.length, 'an entry comes twice');
check(sha256([...numbers].sort().join('\n')) === draw.listHash, 'the list was changed');
check(head.seq > draw.headAtFreeze, 'the block was there before the list was frozen');
let before = '';
for (const [index, { entryNumber, place }] of entries.entries()) {
  const key = [Buffer.from(seed, 'hex'), Buffer.from(head.hash, 'hex'), Buffer.from(entryNumber)];
  const ticket = sha256(Buffer.concat(key));
  check(place === index + 1 && ticket > before, `the entry ${entryNumber} stands elsewhere`);
  before = ticket;
}
if (options.ledger !== undefined) {
  const block = readLines(options.ledger).find((line) => line.block === head.seq);
  check(block?.hash === head.hash, `block ${head.seq} of the ledger has another hash`);
}
const winners = numbers.slice(0, draw.winners);
const report = { ok: true, draw: draw.id, entries: numbers.length, winners };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

function readLines(path) {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  } catch (error) {
    return stop(`${path}: ${error.message}`);
  }
}

function check(holds, what) {
  if (holds) return;
  process.stdout.write(`${JSON.stringify({ ok: false, what })}\n`);
  process.exit(1);
}

function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}
