import { expect, it } from 'vitest';
import { createMatrix, type QrMatrix } from './matrix.ts';
import { createMatrices } from './matrix-thread.ts';

const textOf = (index: number) => `https://kbs.example/e/${String(index).padStart(26, '3')}`;

function toText({ size, isDark }: QrMatrix): string {
  let text = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) text += isDark(row, column) ? '#' : '.';
    text += '\n';
  }
  return text;
}

async function collect(texts: string[], level: 'Q' | 'H'): Promise<string[]> {
  const symbols: string[] = [];
  for await (const matrix of createMatrices(texts, level)) symbols.push(toText(matrix));
  return symbols;
}

it.each([0, 1, 47, 48, 96, 97, 500])('makes %i symbols, each that of its text', async (count) => {
  const texts = Array.from({ length: count }, (_none, index) => textOf(index));
  expect(await collect(texts, 'H')).toEqual(texts.map((text) => toText(createMatrix(text, 'H'))));
});

it('says so where a text is longer than any symbol', async () => {
  const texts = Array.from({ length: 60 }, () => '长'.repeat(2_000));
  await expect(collect(texts, 'Q')).rejects.toThrow('too big');
});

it('may be left before its end', async () => {
  const texts = Array.from({ length: 300 }, (_none, index) => textOf(index));
  for await (const matrix of createMatrices(texts, 'Q')) {
    expect(toText(matrix)).toBe(toText(createMatrix(textOf(0), 'Q')));
    break;
  }
});
