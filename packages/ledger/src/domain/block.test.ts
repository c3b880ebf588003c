import { describe, expect, it } from 'vitest';
import { canonicalTransfer, digestTransfer, genesisHash, hashBlock } from './block.ts';
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

describe('blocks', () => {
  it('has one canonical form, which the documentation describes', () => {
    expect(canonicalTransfer(transfer)).toBe(
      '["00000000-0000-7000-9000-000000000001","pending",' +
        '"00000000-0000-7000-9000-00000000000a","00000000-0000-7000-9000-00000000000b",' +
        '7,"points",1,null,null,"2026-11-24T09:00:00.000Z","2026-11-24T08:00:00.000Z"]',
    );
  });

  it('keeps its hashes from one release to the next', () => {
    const digest = digestTransfer(transfer);
    const header = { seq: 1, createdAt: transfer.createdAt, previousHash: genesisHash };
    expect([digest, hashBlock(header, [digest])].map((bytes) => bytes.toString('hex'))).toEqual([
      'b1143af7888658fb3f4ea5046cb50d3502377e9e453d4b3fd6301b2ed9f5ffac',
      '32a0f219697622c525ba3d2bd7bb71c503538089f370ca9491af690fbfe68e6a',
    ]);
  });

  it('changes with every field, with order and with the block before', () => {
    const digest = digestTransfer(transfer);
    const other = digestTransfer({ ...transfer, amount: 8 });
    const header = { seq: 1, createdAt: transfer.createdAt, previousHash: genesisHash };
    const hashes = [
      hashBlock(header, [digest, other]),
      hashBlock(header, [other, digest]),
      hashBlock(header, [digest]),
      hashBlock({ ...header, seq: 2 }, [digest, other]),
      hashBlock({ ...header, createdAt: new Date(0) }, [digest, other]),
      hashBlock({ ...header, previousHash: digest }, [digest, other]),
    ];
    expect(new Set(hashes.map((bytes) => bytes.toString('hex'))).size).toBe(hashes.length);
  });
});
