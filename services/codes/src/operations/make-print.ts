import type { printRequested } from '@ddp/contracts/codes/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { transact } from '@ddp/db-kit/transact';
import { MissingGlyphError, refuseMissingGlyphs } from '@ddp/paper/drawing/font';
import type { Page } from '@ddp/paper/drawing/marks';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { renderSvg } from '@ddp/paper/drawing/render-svg';
import { layOutSheet } from '@ddp/paper/sheets/lay-out-sheet';
import type { SheetItem } from '@ddp/paper/sheets/sheet-item';
import { capacityOf } from '@ddp/paper/sheets/sheet-sizes';
import { createMatrices } from '@ddp/qr/matrix-thread';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { withSmallHeap } from '@ddp/service-kit/small-heap';
import type { CodesDeps } from '../deps.ts';
import { type CellTexts, typesetOf } from '../domain/printed-texts.ts';
import * as prints from '../store/prints.ts';
import { loadCells } from './load-cells.ts';

/** Written as text twice as long: a larger one would stay in memory for long. */
const partBytes = 48 * 1024;
/** Twenty thousand codes take about half of it. */
const mostBytes = 64 * 1024 * 1024;
const noteEveryMs = 500;

/** A print that no other try could make. */
class PrintRefusedError extends Error {
  override name = 'PrintRefusedError';
}

/** A newer try of the same print is at work. */
class OvertakenError extends Error {
  override name = 'OvertakenError';
}

/**
 * Draws a print and keeps it in parts. Each try has a number of its own, so that one that was left
 * behind by a crash or a stall can neither mix its parts with another's nor end the print.
 */
export async function makePrint(
  deps: CodesDeps,
  delivery: Delivery<PayloadOf<typeof printRequested>>,
): Promise<void> {
  const { store } = deps;
  const { printId } = delivery.payload;
  const order = await transact(store.db, (tx) => prints.claimPrint(tx, printId), {
    isRepeatable: true,
  });
  try {
    const drawn = order ? await withSmallHeap(() => draw(deps, order)) : 0;
    await handleOnce(store, delivery, async (tx) => {
      // The event is left to the newer try: should that one come to nothing, it comes again.
      if (order && !(await prints.markReady(tx, order, drawn))) throw new OvertakenError();
    });
  } catch (error) {
    if (error instanceof OvertakenError) return;
    if (!(error instanceof PrintRefusedError)) throw error;
    await handleOnce(store, delivery, (tx) => prints.markFailed(tx, printId, error.message));
  }
}

/** Draws all cells and keeps the parts; how many cells there were. */
async function draw(deps: CodesDeps, order: prints.PrintOrder): Promise<number> {
  const cells = await loadCells(deps.store.db, order, deps.publicUrl);
  if (cells.length === 0) throw new PrintRefusedError('要打印的码都已停用');
  refuseGlyphs(cells, order.contactPhone);
  let drawn = 0;
  const pages = toPages(order, cells, () => {
    drawn += 1;
  });
  const pieces = order.format === 'pdf' ? renderPdf(pages, '评价码') : toSvgPieces(pages);
  await keepParts(deps, order, pieces, () => drawn);
  return cells.length;
}

/** A page as soon as the symbols of its cells are made. */
async function* toPages(
  { sheet, offset, contactPhone }: prints.PrintOrder,
  cells: readonly CellTexts[],
  noteDrawn: () => void,
): AsyncGenerator<Page> {
  const contents = cells.map(({ content }) => content);
  let [made, items]: [number, SheetItem[]] = [0, []];
  for await (const matrix of createMatrices(contents, 'H')) {
    const cell = cells[made];
    made += 1;
    if (cell) items.push({ ...cell, contactPhone, matrix });
    noteDrawn();
    if (items.length < capacityOf(sheet) && made < cells.length) continue;
    yield* layOutSheet(sheet, items, offset);
    items = [];
  }
}

async function* toSvgPieces(pages: AsyncIterable<Page>): AsyncGenerator<Uint8Array> {
  for await (const page of pages) yield Buffer.from(renderSvg(page));
}

function refuseGlyphs(cells: readonly CellTexts[], contactPhone: string): void {
  try {
    for (const [index, cell] of cells.entries()) {
      refuseMissingGlyphs(typesetOf(cell, contactPhone), index + 1);
    }
  } catch (error) {
    if (!(error instanceof MissingGlyphError)) throw error;
    throw new PrintRefusedError(`第 ${error.row} 个的“${error.character}”字库中没有`);
  }
}

async function keepParts(
  { store }: CodesDeps,
  order: prints.PrintOrder,
  pieces: AsyncIterable<Uint8Array>,
  countDrawn: () => number,
): Promise<void> {
  let waiting: Uint8Array[] = [];
  let [size, total, part] = [0, 0, 0];
  let notedAtMs = performance.now();
  /** One part is written while the next is drawn. */
  let writing: Promise<void> = Promise.resolve();
  const keep = async () => {
    await writing;
    writing = prints.insertPart(store.db, order, part, Buffer.concat(waiting));
    // It is awaited before the next part and at the end; until then nobody listens.
    writing.catch(() => {});
    part += 1;
    [waiting, size] = [[], 0];
  };
  for await (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    total += piece.length;
    if (total > mostBytes) throw new PrintRefusedError('打印内容过大，请分几次打印');
    if (size >= partBytes) await keep();
    if (performance.now() - notedAtMs < noteEveryMs) continue;
    notedAtMs = performance.now();
    if (!(await prints.noteDrawn(store.db, order, countDrawn()))) throw new OvertakenError();
  }
  if (size > 0) await keep();
  await writing;
}
