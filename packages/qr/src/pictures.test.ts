import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { createMatrix, quietZoneModules } from './matrix.ts';
import { renderPng } from './png.ts';
import { renderSvg } from './svg.ts';
import { newToken } from './token.ts';

const url = `https://ddp.example.gov.cn/e/${newToken()}`;

interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Draws path data made of horizontal runs, as renderSvg writes it, at some pixels a unit. */
function drawSvg(svg: string, scale: number): Picture {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]) * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  const path = /fill="#000" d="([^"]*)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * side + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 1) {
        if (at % 4 !== 3) data[at] = 0;
      }
    }
  }
  return { width: side, height: side, data };
}

/** The texts that ZXing, the second reader, finds in a PNG. */
async function readPng(file: Buffer): Promise<string[]> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const found = await readBarcodes(file, { formats: ['QRCode'] });
  return found.map((code) => code.text);
}

describe('QR pictures', () => {
  it('an SVG decodes to its text', () => {
    expect(decodeQR(drawSvg(renderSvg(url), 4))).toBe(url);
    expect(decodeQR(drawSvg(renderSvg('多多评 码上生活'), 4))).toBe('多多评 码上生活');
  });

  it('a PNG decodes to its text', async () => {
    const file = await renderPng(url);
    // The width stands in the header chunk, in pixels.
    expect(file.readUInt32BE(16)).toBe((createMatrix(url).size + 8) * 8);
    expect(await readPng(file)).toEqual([url]);
    expect(await readPng(await renderPng(url, { modulePixels: 3 }))).toEqual([url]);
  });

  it('keeps a quiet zone of four modules on every side', () => {
    const svg = renderSvg(url);
    const { size } = createMatrix(url);
    const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1h/g)].map(([, x, y, n]) => ({
      left: Number(x),
      right: Number(x) + Number(n),
      top: Number(y),
    }));
    const side = size + 2 * quietZoneModules;
    expect(svg).toContain(`viewBox="0 0 ${side} ${side}"`);
    expect(Math.min(...runs.map((run) => run.left))).toBe(4);
    expect(Math.max(...runs.map((run) => run.right))).toBe(size + 4);
    expect(Math.min(...runs.map((run) => run.top))).toBe(4);
    expect(Math.max(...runs.map((run) => run.top))).toBe(size + 3);
  });

  it('still decodes with a corner of the data torn off, as level Q promises', () => {
    const picture = drawSvg(renderSvg(url), 4);
    const from = Math.floor(picture.width * 0.74);
    for (let row = from; row < picture.height; row += 1) {
      picture.data.fill(255, (row * picture.width + from) * 4, (row + 1) * picture.width * 4);
    }
    expect(decodeQR(picture)).toBe(url);
  });

  it('takes its size in millimetres when asked', () => {
    expect(renderSvg(url, { sizeMm: 40 })).toContain('width="40mm" height="40mm"');
    expect(renderSvg(url)).not.toContain('mm"');
  });
});
