import { describe, expect, it } from 'vitest';
import { cutIntoBlocks } from './cut-into-blocks.ts';
import { assertChain, type PostedRequest, type TransferRequest } from './transfer.ts';

const request: PostedRequest = {
  kind: 'posted',
  id: '00000000-0000-7000-9000-000000000001',
  debitAccountId: '00000000-0000-7000-9000-00000000000a',
  creditAccountId: '00000000-0000-7000-9000-00000000000b',
  amount: 1,
  unit: 'points',
  code: 1,
  reference: null,
};

describe('assertChain', () => {
  it('takes a whole chain of every kind', () => {
    const base = { id: request.id, pendingId: request.id, code: 0, reference: 'order:1/2' };
    const kinds: TransferRequest[] = [
      { ...request, amount: Number.MAX_SAFE_INTEGER },
      { ...request, kind: 'pending', expiresAt: new Date(0) },
      { ...base, kind: 'post-pending', amount: null },
      { ...base, kind: 'void-pending' },
      { ...base, kind: 'expire-pending' },
    ];
    expect(() => assertChain(kinds)).not.toThrow();
  });

  it.each<[string, TransferRequest]>([
    ['upper-case id', { ...request, id: 'A0000000-0000-7000-9000-000000000001' }],
    ['id of no known version', { ...request, id: '00000000-0000-0000-0000-000000000001' }],
    ['amount 0', { ...request, amount: 0 }],
    ['amount -1', { ...request, amount: -1 }],
    ['amount 1.5', { ...request, amount: 1.5 }],
    ['amount 2^53', { ...request, amount: 2 ** 53 }],
    ['amount NaN', { ...request, amount: Number.NaN }],
    ['empty unit', { ...request, unit: '' }],
    ['long unit', { ...request, unit: 'a'.repeat(17) }],
    ['negative code', { ...request, code: -1 }],
    ['large code', { ...request, code: 65_536 }],
    ['Chinese reference', { ...request, reference: '评价' }],
    ['empty reference', { ...request, reference: '' }],
    ['bad account', { ...request, debitAccountId: '' }],
    ['bad deadline', { ...request, kind: 'pending', expiresAt: new Date(Number.NaN) }],
  ])('refuses %s', (_what, bad) => {
    expect(() => assertChain([request, bad])).toThrow(RangeError);
  });

  it('refuses an empty chain', () => {
    expect(() => assertChain([])).toThrow(RangeError);
  });
});

describe('cutIntoBlocks', () => {
  const chainOf = (n: number) => Array.from({ length: n }, () => request);

  it('keeps order and never cuts a chain', () => {
    const chains = [3, 4, 4, 12, 1, 1].map(chainOf);
    const blocks = cutIntoBlocks(chains, 10);
    expect(blocks.map((block) => block.map((chain) => chain.length))).toEqual([
      [3, 4],
      [4],
      [12],
      [1, 1],
    ]);
    expect(blocks.flat()).toEqual(chains);
  });

  it('cuts 8,000 single transfers into 8 blocks, and nothing into none', () => {
    expect(cutIntoBlocks(Array.from({ length: 8_000 }, () => chainOf(1)))).toHaveLength(8);
    expect(cutIntoBlocks([])).toEqual([]);
  });
});
