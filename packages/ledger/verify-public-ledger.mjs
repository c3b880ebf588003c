#!/usr/bin/env node
// Verifies a public ledger: node verify-public-ledger.mjs <file> [options]
//   --head <hash>      the file must end with the block of this hash
//   --anchors <file>   the chain must pass through each head kept in this file
//   --prove <JSON>     finds the line of a private half: '["<id>","<debit account>","<credit
//                      account>","<reference>" or null,"<hold>" or null]'
// Needs Node 20 and nothing else. The file is JSON lines: a line for each block, then one for each
// of its transfers, in order.
//   digest of a transfer = H(public half ‖ H(private half))
//   hash of a block      = H(previous hash ‖ [block,count,time] ‖ digests)
// ‖ joins bytes; both halves and [block,count,time] are JSON without spaces; H is SHA-256 or SM3.
import { hash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { head: { type: 'string' }, anchors: { type: 'string' }, prove: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined) stop('usage: node verify-public-ledger.mjs <file> [--head …] [--prove …]');

const hashNames = ['sha256', 'sm3'];
const anchors = options.anchors === undefined ? [] : readAnchors(options.anchors);
const secret = options.prove === undefined ? null : JSON.stringify(JSON.parse(options.prove));
const sums = new Map();
const proofs = [];
let line = 0;
let blocks = 0;
let transfers = 0;
/** The block whose transfers are being read, and their digests so far. */
let block = { block: 0, count: 0, hash: '00'.repeat(32), time: '', hashName: 'sha256' };
let digests = [];

for await (const text of createInterface({ input: openFile(file) })) {
  line += 1;
  const entry = parse(text);
  if (Array.isArray(entry.public)) readTransfer(entry);
  else readBlock(entry);
}
line += 1;
closeBlock('the file ends in the middle of a block');
const head = { block: block.block, hash: block.hash };
if (options.head !== undefined && options.head !== head.hash) {
  bad(`the file ends with block ${head.block}, which is not the head that was expected`);
}
const missed = anchors.find((anchor) => anchor.seq > head.block);
if (missed) bad(`the file ends with block ${head.block}, but block ${missed.seq} was anchored`);
if (secret !== null && proofs.length === 0)
  stop('这一半不在文件里 · no line has this private half');
const told = [...sums.values()].map((sum) => ({ ...sum, amount: String(sum.amount) }));
const report = { ok: true, blocks, transfers, head, sums: told, proofs };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

function readBlock(next) {
  closeBlock('a transfer is missing before this block');
  if (next.block !== block.block + 1) bad(`block ${block.block + 1} is missing`);
  if (next.previous !== block.hash) bad('the block does not follow from the one before');
  if (next.time < block.time) bad('the block is older than the one before');
  if (!hashNames.includes(next.hashName)) bad(`nobody knows the hash ${next.hashName}`);
  block = next;
  digests = [];
  blocks += 1;
}

function readTransfer({ public: open, private: sealed, digest }) {
  const [seq, position, kind, amount, unit, code, , time] = open;
  if (seq !== block.block || position !== digests.length || time !== block.time) {
    bad('the transfer is not of this place');
  }
  if (!Number.isSafeInteger(amount) || amount <= 0) bad('the amount is no whole number above zero');
  const bytes = Buffer.concat([Buffer.from(JSON.stringify(open)), Buffer.from(sealed, 'hex')]);
  if (hash(block.hashName, bytes, 'hex') !== digest) bad('the transfer was changed');
  digests.push(Buffer.from(digest, 'hex'));
  transfers += 1;
  const name = `${unit} ${code} ${kind}`;
  const sum = sums.get(name) ?? { unit, code, kind, transfers: 0, amount: 0n };
  sums.set(name, { ...sum, transfers: sum.transfers + 1, amount: sum.amount + BigInt(amount) });
  if (secret !== null && hash(block.hashName, secret, 'hex') === sealed) {
    proofs.push({ line, block: seq, position, public: open });
  }
}

/** What can be said of a block once all of its transfers are there. */
function closeBlock(ifShort) {
  if (block.block === 0) return;
  if (digests.length < block.count) bad(ifShort);
  if (digests.length > block.count) bad('a transfer was added before this line');
  const parts = [
    Buffer.from(block.previous, 'hex'),
    Buffer.from(JSON.stringify([block.block, block.count, block.time])),
    ...digests,
  ];
  if (hash(block.hashName, Buffer.concat(parts), 'hex') !== block.hash) {
    bad(`the hash of block ${block.block} before this line does not agree with its transfers`);
  }
  const anchor = anchors.find(({ seq, hash: kept }) => seq === block.block && kept !== block.hash);
  if (anchor) bad(`block ${block.block} before this line is not the one anchored ${anchor.time}`);
}

function openFile(path) {
  return createReadStream(path).on('error', (error) => stop(error.message));
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return bad('the line is not JSON');
  }
}

function readAnchors(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));
}

function bad(reason) {
  stop(`第 ${line} 行不符 · line ${line}: ${reason}`);
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
