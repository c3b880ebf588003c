import { expect, it } from 'vitest';
import { renderPng } from './png.ts';
import { readPicture } from './read-picture.ts';

it('reads the symbol in a picture, and nothing from what is none', async () => {
  const text = 'https://ddp.example/c/01234567890123456789012345';
  expect(await readPicture(await renderPng(text))).toBe(text);
  expect(await readPicture(Buffer.from('%PDF-1.7 not a picture'))).toBeNull();
  expect(await readPicture(new Uint8Array(0))).toBeNull();
});
