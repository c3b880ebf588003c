import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { providePdftoppm } from '@ddp/infra/engines/poppler';
import { mmOfPoint } from '@ddp/paper/drawing/fit-text';
import type { Page } from '@ddp/paper/drawing/marks';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { renderSvg } from '@ddp/paper/drawing/render-svg';
import { layOutSheet } from '@ddp/paper/sheets/lay-out-sheet';
import type { SheetItem } from '@ddp/paper/sheets/sheet-item';
import { capacityOf, type SheetName, sheetSizes } from '@ddp/paper/sheets/sheet-sizes';
import { createMatrix, quietZoneModules } from '@ddp/qr/matrix';
import { formatShortCode, newShortCode } from '@ddp/qr/short-code';
import { newToken } from '@ddp/qr/token';
import { createRandom } from '@ddp/testing/random';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { coverSymbol } from './cover-symbol.ts';
import { cut, openPng, type Picture, prepareReaders, readFirst, readSecond } from './read-qr.ts';

const dpi = 150;
const pixelsOfMm = dpi / 25.4;
const folder = mkdtempSync(path.join(tmpdir(), 'ddp-print-'));
const sheets = Object.keys(sheetSizes) as SheetName[];
// Many pixels take their time on a small machine that is busy.
vi.setConfig({ testTimeout: 180_000 });
let program: string | null = null;
let obstacle = 'no pdftoppm on this machine';

beforeAll(async () => {
  const say = (line: string) => process.stderr.write(`· ${line}\n`);
  program = await providePdftoppm(say).catch((error: unknown) => {
    obstacle = `poppler could not be installed: ${String(error)}`;
    return null;
  });
  await prepareReaders();
}, 300_000);
beforeEach(({ skip }) => skip(program === null, obstacle));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The longest address that may be printed has sixty characters. */
function drawItem(): SheetItem & { url: string } {
  const url = `https://pingjia.ordos-demo.gov.cn/e/${newToken()}`.slice(0, 60);
  return {
    url,
    matrix: createMatrix(url, 'H'),
    shortCode: formatShortCode(newShortCode()),
    name: '龑頔婞',
    title: '中级社工师',
    unit: '康巴什区哈巴格希街道社工站',
    area: '哈巴格希街道',
    place: '服务大厅',
    contactPhone: '0477-8588123',
  };
}

async function print(sheet: SheetName, pages: Page[]): Promise<Picture[]> {
  const parts: Uint8Array[] = [];
  for await (const part of renderPdf(pages, sheet)) parts.push(part);
  const file = path.join(folder, `${sheet}.pdf`);
  writeFileSync(file, Buffer.concat(parts));
  execFileSync(program ?? '', ['-r', String(dpi), '-png', file, path.join(folder, sheet)]);
  const names = readdirSync(folder)
    .filter((one) => one.startsWith(`${sheet}-`))
    .sort();
  return names.map((name) => openPng(readFileSync(path.join(folder, name))));
}

/** Where each symbol of the pages lies, in pixels, its quiet zone included. */
function findSymbols(pages: Page[]) {
  return pages.flatMap(({ marks }, page) =>
    marks
      .filter((mark) => mark.kind === 'qr')
      .map(({ x, y, side, matrix }) => ({
        page,
        x: Math.floor(x * pixelsOfMm),
        y: Math.floor(y * pixelsOfMm),
        side: Math.ceil(side * pixelsOfMm),
        moduleMm: side / (matrix.size + 2 * quietZoneModules),
        size: matrix.size,
      })),
  );
}

describe.each(sheets)('a printed sheet %s at 150 dpi', (sheet) => {
  const items = Array.from({ length: Math.max(4, capacityOf(sheet)) }, drawItem);
  let pages: Page[];
  let pictures: Picture[];
  beforeAll(async () => {
    pages = [...layOutSheet(sheet, items, { xMm: 0, yMm: 0 })];
    if (program !== null) pictures = await print(sheet, pages);
  });

  it('is read whole by ZXing, every code on every page', async () => {
    const found: string[] = [];
    for (const picture of pictures) found.push(...(await readSecond(picture, 100)));
    expect(found.sort()).toEqual(items.map(({ url }) => url).sort());
  });

  it('is read by both readers with a tenth of each symbol covered', async () => {
    const random = createRandom(20_261_125);
    const symbols = findSymbols(pages);
    expect(symbols).toHaveLength(items.length);
    const wrong: string[] = [];
    for (const [index, symbol] of symbols.entries()) {
      const picture = pictures[symbol.page];
      if (!picture) throw new Error('a page was not printed');
      const part = cut(picture, { ...symbol, width: symbol.side, height: symbol.side });
      const modulePixels = symbol.moduleMm * pixelsOfMm;
      const margin = quietZoneModules * modulePixels;
      const rounds = Math.ceil(24 / items.length);
      for (let round = 0; round < rounds; round += 1) {
        const place = { left: margin, top: margin, modulePixels, size: symbol.size };
        const covered = coverSymbol(part, place, random);
        const seen = { first: readFirst(covered), second: (await readSecond(covered))[0] };
        for (const [reader, text] of Object.entries(seen)) {
          if (text !== items[index]?.url) wrong.push(`${reader} ${index}.${round}: ${text}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has modules of at least half a millimetre and text of at least two points', () => {
    for (const { moduleMm } of findSymbols(pages)) expect(moduleMm).toBeGreaterThanOrEqual(0.5);
    const points = pages.flatMap(({ marks }) =>
      marks.flatMap((mark) => (mark.kind === 'text' ? [mark.points] : [])),
    );
    expect(points.length).toBeGreaterThan(0);
    expect(Math.min(...points) / mmOfPoint).toBeGreaterThan(2);
  });

  it('shows the same in SVG, without a font', async () => {
    const [page] = pages;
    if (!page) throw new Error('no page');
    const svg = renderSvg(page);
    expect(svg).not.toContain('<text');
    const png = await sharp(Buffer.from(svg), { density: dpi }).png().toBuffer();
    const found = await readSecond(openPng(png), 100);
    const shown = items.slice(0, capacityOf(sheet)).map(({ url }) => url);
    expect(found.sort()).toEqual(shown.sort());
  });
});
