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

/** Gives the present page its content behind pdfkit's own, which turns the page to y downwards. */
async function addContent(page: Page, resources: Resources): Promise<void> {
  const { document } = resources;
  const stream = document.ref({ Filter: 'FlateDecode' });
  const present = document.page;
  present.dictionary.data.Contents = [present.content, stream];
  const content = Buffer.from(drawPage(page, resources), 'latin1');
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
function drawPage(page: Page, resources: Resources): string {
  const parts = [`${pointsOfMm.toFixed(6)} 0 0 ${pointsOfMm.toFixed(6)} 0 0 cm 1 J 1 j`];
  for (const mark of page.marks) parts.push(drawMark(mark, resources));
  return parts.join('\n');
}

function drawMark(mark: Mark, resources: Resources): string {
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
    case 'qr': {
      const scale = mark.side / (mark.matrix.size + 2 * quietZoneModules);
      const x = round(mark.x + quietZoneModules * scale);
      const y = round(mark.y + quietZoneModules * scale);
      const turn = `${scale.toFixed(6)} 0 0 ${scale.toFixed(6)} ${x} ${y} cm`;
      return `q ${turn} 0 0 0 rg\n${toRectangles(mark.matrix)}f Q`;
    }
  }
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

/** The dark modules as one rectangle for each run of a row. */
function toRectangles({ size, isDark }: QrMatrix): string {
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let start = 0; start < size; start += 1) {
      if (!isDark(row, start)) continue;
      let end = start + 1;
      while (end < size && isDark(row, end)) end += 1;
      path += `${start} ${row} ${end - start} 1 re\n`;
      start = end;
    }
  }
  return path;
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
