import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { type QrMatrix, quietZoneModules } from '@ddp/qr/matrix';
import PDFDocument from 'pdfkit';
import { mmOfPoint } from './fit-text.ts';
import { openTypeface, type Weight } from './font.ts';
import type { Mark, Page, PathMark, PathStep, Stamp } from './marks.ts';

/** What pdfkit knows of an embedded font; its own `text` lays out each line anew and is slow. */
interface EmbeddedFont {
  id: string;
  encode(text: string): [hex: string[], positions: unknown];
  ref(): unknown;
}

/** A stream of the file; one that names its filter is taken as it is. */
interface Stream {
  end(content: string | Uint8Array): void;
}

interface Inside {
  _font: EmbeddedFont;
  page: {
    fonts: Record<string, unknown>;
    xobjects: Record<string, unknown>;
    content: unknown;
    dictionary: { data: { Contents: unknown } };
  };
  ref(dictionary: object): Stream;
}

type Encoder = (document: Inside, text: string) => { font: string; hex: string };

/** What one document holds once: fonts by their weight, stamps by their keys. */
interface Resources {
  document: Inside;
  encoders: Record<Weight, Encoder>;
  stamps: Map<string, { name: string; object: unknown }>;
}

const pointsOfMm = 1 / mmOfPoint;
/** Half the time of the usual level for a tenth more bytes: numbers repeat themselves closely. */
const compressionLevel = 4;
/** Pages that are compressed, by other threads, while the next ones are drawn. */
const pagesAtOnce = 4;
const compress = promisify(deflate);

/**
 * Pages as a PDF, in pieces as they become ready, so that a long print is never held as a whole.
 * Fonts are embedded with the glyphs that were used; symbols are paths. Lets others run after
 * every page.
 */
export async function* renderPdf(
  pages: Iterable<Page> | AsyncIterable<Page>,
  title: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const document = new PDFDocument({ autoFirstPage: false, margin: 0, info: { Title: title } });
  const ready: Uint8Array<ArrayBuffer>[] = [];
  document.on('data', (piece: Uint8Array<ArrayBuffer>) => ready.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    document.once('end', resolve).once('error', reject);
  });
  const resources: Resources = {
    document: document as unknown as Inside,
    encoders: {
      regular: createEncoder('regular', document),
      bold: createEncoder('bold', document),
    },
    stamps: new Map(),
  };
  const compressing: Promise<void>[] = [];
  for await (const page of pages) {
    const size = [page.widthMm * pointsOfMm, page.heightMm * pointsOfMm];
    document.addPage({ size: size as [number, number], margin: 0 });
    compressing.push(addContent(page, resources));
    if (compressing.length === pagesAtOnce) await compressing.shift();
    else await new Promise((resolve) => setImmediate(resolve));
    yield* ready.splice(0);
  }
  await Promise.all(compressing);
  document.end();
  await ended;
  yield* ready.splice(0);
}

/**
 * Gives the present page its content behind pdfkit's own, which turns the page to y downwards. It
 * is drawn at once: a page that waits for its compression would keep its marks in memory.
 */
function addContent(page: Page, resources: Resources): Promise<void> {
  const { document } = resources;
  const stream = document.ref({ Filter: 'FlateDecode' });
  const present = document.page;
  present.dictionary.data.Contents = [present.content, stream];
  return compressInto(stream, drawPage(page, resources));
}

async function compressInto(stream: Stream, content: Buffer): Promise<void> {
  stream.end(await compress(content, { level: compressionLevel }));
}

/** Encodes character by character and remembers each: paper has few different ones. */
function createEncoder(weight: Weight, document: PDFKit.PDFDocument): Encoder {
  document.registerFont(weight, openTypeface(weight).file);
  document.font(weight);
  const font = (document as unknown as Inside)._font;
  const known = new Map<string, string>();
  return ({ page }, text) => {
    page.fonts[font.id] ??= font.ref();
    let hex = '';
    for (const character of text) {
      let code = known.get(character);
      if (code === undefined) {
        code = font.encode(character)[0].join('');
        known.set(character, code);
      }
      hex += code;
    }
    return { font: font.id, hex };
  };
}

/** The content of a page, whose lengths follow in millimetres. */
function drawPage(page: Page, resources: Resources): Buffer {
  const scale = pointsOfMm.toFixed(6);
  const parts = [toBytes(`${scale} 0 0 ${scale} 0 0 cm 1 J 1 j\n`)];
  for (const mark of page.marks) {
    if (mark.kind === 'qr') parts.push(...drawSymbol(mark));
    else parts.push(toBytes(`${drawMark(mark, resources)}\n`));
  }
  return Buffer.concat(parts);
}

function toBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function drawMark(mark: Exclude<Mark, { kind: 'qr' }>, resources: Resources): string {
  switch (mark.kind) {
    case 'text': {
      const { font, hex } = resources.encoders[mark.weight](resources.document, mark.text);
      const size = round(mark.points * mmOfPoint);
      const place = `1 0 0 -1 ${round(mark.x)} ${round(mark.baseline)}`;
      return `${toRgb(mark.colour)} rg BT /${font} ${size} Tf ${place} Tm <${hex}> Tj ET`;
    }
    case 'path':
      return drawPath(mark);
    case 'stamp': {
      const name = holdStamp(mark.stamp, resources);
      return `q 1 0 0 1 ${round(mark.x)} ${round(mark.y)} cm /${name} Do Q`;
    }
  }
}

function drawSymbol(mark: Extract<Mark, { kind: 'qr' }>): Buffer[] {
  const scale = mark.side / (mark.matrix.size + 2 * quietZoneModules);
  const x = round(mark.x + quietZoneModules * scale);
  const y = round(mark.y + quietZoneModules * scale);
  const turn = `${scale.toFixed(6)} 0 0 ${scale.toFixed(6)} ${x} ${y} cm`;
  return [toBytes(`q ${turn} 0 0 0 rg\n`), toRectangles(mark.matrix), toBytes('f Q\n')];
}

function drawPath(mark: PathMark): string {
  const stroke = mark.stroke ? `${toRgb(mark.stroke)} RG ${round(mark.widthMm ?? 0.2)} w ` : '';
  const fill = mark.fill ? `${toRgb(mark.fill)} rg ` : '';
  const paint = mark.fill && mark.stroke ? 'B' : mark.fill ? 'f' : 'S';
  return `${fill}${stroke}${mark.steps.map(toOperator).join(' ')} ${paint}`;
}

/** The name of a stamp on the present page; its form is written when it is first shown. */
function holdStamp(stamp: Stamp, { document, stamps }: Resources): string {
  let held = stamps.get(stamp.key);
  if (held === undefined) {
    const object = document.ref({
      ...{ Type: 'XObject', Subtype: 'Form', Resources: {} },
      BBox: [0, 0, stamp.width, stamp.height],
    });
    object.end(stamp.paths.map(drawPath).join('\n'));
    held = { name: `S${stamps.size + 1}`, object };
    stamps.set(stamp.key, held);
  }
  document.page.xobjects[held.name] ??= held.object;
  return held.name;
}

/** Room for the rectangles of any symbol: at most half its modules begin a run. */
const scratch = Buffer.alloc((177 * 178 * 16) / 2);

/**
 * The dark modules as one rectangle for each run of a row. Written as bytes: a sheet has some ten
 * thousand of them, and as many pieces of text would fill the memory until they are cleared away.
 */
function toRectangles({ size, isDark }: QrMatrix): Buffer {
  let at = 0;
  for (let row = 0; row < size; row += 1) {
    for (let start = 0; start < size; start += 1) {
      if (!isDark(row, start)) continue;
      let end = start + 1;
      while (end < size && isDark(row, end)) end += 1;
      at = writeNumber(start, at);
      at = writeNumber(row, at);
      at = writeNumber(end - start, at);
      at += scratch.write('1 re\n', at, 'latin1');
      start = end;
    }
  }
  return Buffer.from(scratch.subarray(0, at));
}

const [zero, space] = [0x30, 0x20];

/** Writes a whole number below 1,000 and a space; where they end. */
function writeNumber(value: number, from: number): number {
  let at = from;
  if (value >= 100) scratch[at++] = zero + Math.floor(value / 100);
  if (value >= 10) scratch[at++] = zero + (Math.floor(value / 10) % 10);
  scratch[at++] = zero + (value % 10);
  scratch[at++] = space;
  return at;
}

function toOperator([letter, ...numbers]: PathStep): string {
  const operator = { M: 'm', L: 'l', C: 'c', Z: 'h' }[letter];
  return `${numbers.map(round).join(' ')} ${operator}`;
}

function toRgb(colour: string): string {
  const part = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16) / 255;
  return `${round(part(1))} ${round(part(3))} ${round(part(5))}`;
}

function round(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
