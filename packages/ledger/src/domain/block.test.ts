import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  digestTransfer,
  genesisHash,
  hashBlock,
  hashNames,
  privateHalf,
  publicHalf,
} from './block.ts';
import type { Transfer } from './transfer.ts';

const transfer: Transfer = {
  id: '00000000-0000-7000-9000-000000000001',
  kind: 'pending',
  debitAccountId: '00000000-0000-7000-9000-00000000000a',
  creditAccountId: '00000000-0000-7000-9000-00000000000b',
  amount: 7,
  unit: 'points',
  code: 1,
  reference: null,
  pendingId: null,
  expiresAt: new Date('2026-11-24T09:00:00.000Z'),
  blockSeq: 1,
  position: 0,
  createdAt: new Date('2026-11-24T08:00:00.000Z'),
};

const changes: Partial<Transfer>[] = [
  { id: '00000000-0000-7000-9000-000000000002' },
  { kind: 'posted' },
  { debitAccountId: transfer.creditAccountId },
  { creditAccountId: transfer.debitAccountId },
  { amount: 8 },
  { unit: 'cents' },
  { code: 2 },
  { reference: 'a' },
  { pendingId: transfer.id },
  { expiresAt: null },
  { blockSeq: 2 },
  { position: 1 },
  { createdAt: new Date(0) },
];

describe('blocks', () => {
  it('have one canonical form in two halves, which the documentation describes', () => {
    expect(publicHalf(transfer)).toBe(
      '[1,0,"pending",7,"points",1,"2026-11-24T09:00:00.000Z","2026-11-24T08:00:00.000Z"]',
    );
    expect(privateHalf(transfer)).toBe(
      '["00000000-0000-7000-9000-000000000001","00000000-0000-7000-9000-00000000000a",' +
        '"00000000-0000-7000-9000-00000000000b",null,null]',
    );
  });

  it.each(hashNames)('are digested by %s as anybody can do by hand', (hashName) => {
    const inner = createHash(hashName).update(privateHalf(transfer)).digest();
    const digest = createHash(hashName).update(publicHalf(transfer)).update(inner).digest();
    expect(digestTransfer(hashName, transfer)).toEqual(digest);
    const block = createHash(hashName)
      .update(Buffer.alloc(32))
      .update('[1,1,"2026-11-24T08:00:00.000Z"]')
      .update(digest)
      .digest();
    const header = { seq: 1, createdAt: transfer.createdAt, previousHash: genesisHash };
    expect(hashBlock(hashName, header, [digest])).toEqual(block);
  });

  it('keep their hashes from one release to the next', () => {
    const header = { seq: 1, createdAt: transfer.createdAt, previousHash: genesisHash };
    const hashes = hashNames.map((name) =>
      hashBlock(name, header, [digestTransfer(name, transfer)]).toString('hex'),
    );
    expect(hashes).toEqual([
      '8d4b61e22d2d3c499b9c765e9946840a4d734e3e63b0f896d8b33a6d00e08b86',
      'd8b30eaa330aa69d99f1ed905cebef346d22a1582741970787c1b8accbb3d8aa',
    ]);
  });

  it('have a digest that changes with every field', () => {
    const digests = [{}, ...changes].map((change) =>
      digestTransfer('sha256', { ...transfer, ...change }).toString('hex'),
    );
    expect(new Set(digests).size).toBe(Object.keys(transfer).length + 1);
  });

  it('change with order, with every part of the header and with the block before', () => {
    const digest = digestTransfer('sha256', transfer);
    const other = digestTransfer('sha256', { ...transfer, amount: 8 });
    const header = { seq: 1, createdAt: transfer.createdAt, previousHash: genesisHash };
    const hashes = [
      hashBlock('sha256', header, [digest, other]),
      hashBlock('sha256', header, [other, digest]),
      hashBlock('sha256', header, [digest]),
      hashBlock('sha256', { ...header, seq: 2 }, [digest, other]),
      hashBlock('sha256', { ...header, createdAt: new Date(0) }, [digest, other]),
      hashBlock('sha256', { ...header, previousHash: digest }, [digest, other]),
      hashBlock('sm3', header, [digest, other]),
    ];
    expect(new Set(hashes.map((bytes) => bytes.toString('hex'))).size).toBe(hashes.length);
  });
});
