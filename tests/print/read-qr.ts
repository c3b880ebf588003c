import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PNG } from 'pngjs';
import decodeQR from 'qr/decode.js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** RGBA pixels, four bytes each. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

export async function prepareReaders(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

export function openPng(file: Buffer): Picture {
  const { width, height, data } = PNG.sync.read(file);
  return { width, height, data };
}

/** A part of a picture as a picture of its own. */
export function cut(
  picture: Picture,
  from: { x: number; y: number; width: number; height: number },
): Picture {
  const { width, height } = from;
  const data = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const start = ((from.y + row) * picture.width + from.x) * 4;
    data.set(picture.data.subarray(start, start + width * 4), row * width * 4);
  }
  return { width, height, data };
}

/** What the first reader makes of a picture of one symbol; its error where it makes nothing. */
export function readFirst(picture: Picture): string {
  try {
    return decodeQR(picture);
  } catch (error) {
    return String(error);
  }
}

/** All symbols that ZXing, the second reader, finds in a picture. */
export async function readSecond(picture: Picture, most = 1): Promise<string[]> {
  const png = new PNG({ width: picture.width, height: picture.height });
  png.data = Buffer.from(picture.data);
  const options = { formats: ['QRCode' as const], tryHarder: true, maxNumberOfSymbols: most };
  const found = await readBarcodes(new Uint8Array(PNG.sync.write(png)), options);
  return found.map((code) => code.text);
}
