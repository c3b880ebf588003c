import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { printRequested } from '@ddp/contracts/codes/events';
import type { requestPrint as route } from '@ddp/contracts/codes/print-routes';
import type { NewPrint } from '@ddp/contracts/codes/prints';
import { codesProblems } from '@ddp/contracts/codes/problems';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { everywhere } from '@ddp/db-kit/scope';
import { MissingGlyphError, refuseMissingGlyphs } from '@ddp/paper/drawing/font';
import { capacityOf } from '@ddp/paper/sheets/sheet-sizes';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { typesetOf } from '../domain/printed-texts.ts';
import { findBatch } from '../store/batches.ts';
import { countPrintsOf, findPrint, insertPrint } from '../store/prints.ts';
import { type LoadedCell, loadCards, loadCodes } from './load-cells.ts';
import { toPrint } from './read-print.ts';

const keptHours = 24;
/** Prints of one person that may be waiting or ready at a time. */
const mostPrints = 50;

type Tx = Transaction<CodesDatabase>;

/** Orders a print; a job draws it. What cannot be printed is refused at once where it is known. */
export async function requestPrint(
  deps: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.print', principal);
  const { personId, areaPaths } = requirePerson(principal);
  const { store } = deps;
  refuseOddSheet(body);
  const command = { actor: actorOf(principal), key, name: 'request-print', input: body };
  return runCommand(store, command, async (tx) => {
    if ((await countPrintsOf(tx, personId)) >= mostPrints) {
      throw new Problem(commonProblems.tooManyRequests);
    }
    const { wanted, areaPath } = await measureOrder(deps, tx, body, areaPaths);
    refuseManyPages(body, wanted);
    const id = newId();
    await insertPrint(tx, store.clock, { id, order: body, areaPath, wanted, personId, keptHours });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'request-print',
      objectKind: 'print',
      objectId: id,
      detail: { sheet: body.sheet, source: body.of.kind, wanted },
    });
    const event = outgoing(printRequested, { printId: id });
    await appendEvents(tx, store, [event], principal.requestId);
    const print = await findPrint(tx, id, everywhere);
    if (!print) throw new Error('a print cannot be read back');
    return toPrint(print);
  });
}

function refuseOddSheet({ of, sheet }: NewPrint): void {
  if ((of.kind === 'cards') === (sheet === 'resident-card')) return;
  const message = {
    zh: '便民卡只能打印居民的卡，其他版式只能打印评价码',
    en: 'resident cards are printed of cards, other sheets of codes',
  };
  throw new Problem(commonProblems.invalidRequest, { errors: [{ pointer: '/sheet', message }] });
}

function refuseManyPages({ format, sheet }: NewPrint, wanted: number): void {
  if (format === 'pdf' || wanted <= capacityOf(sheet)) return;
  const most = capacityOf(sheet);
  const message = {
    zh: `SVG 只有一页，最多 ${most} 个`,
    en: `an SVG is one page: at most ${most}`,
  };
  throw new Problem(commonProblems.invalidRequest, { errors: [{ pointer: '/format', message }] });
}

/** How many cells a print has, and the area of the caller's that holds them all. */
async function measureOrder(
  deps: CodesDeps,
  tx: Tx,
  order: NewPrint,
  areaPaths: readonly string[],
): Promise<{ wanted: number; areaPath: string }> {
  const { of } = order;
  if (of.kind === 'batch') {
    const batch = await findBatch(tx, of.id, areaPaths);
    if (!batch) throw new Problem(commonProblems.notFound);
    if (batch.state !== 'done' || batch.issued === 0) throw new Problem(commonProblems.conflict);
    return { wanted: batch.issued, areaPath: batch.areaPath };
  }
  const cells =
    of.kind === 'cards'
      ? await loadCards(tx, of.ids, areaPaths)
      : await loadCodes(tx, of.ids, areaPaths, deps.publicUrl);
  if (cells.length < of.ids.length) {
    const detail = { zh: '有的码不存在或已停用', en: 'some are not there or not in force' };
    throw new Problem(commonProblems.notFound, { detail });
  }
  refuseGlyphs(cells, order.contactPhone);
  const areaPath = areaPaths.find((path) => cells.every((cell) => cell.areaPath.startsWith(path)));
  if (areaPath !== undefined) return { wanted: cells.length, areaPath };
  const detail = { zh: '一次只能打印一个辖区的码', en: 'one print holds codes of one area' };
  throw new Problem(commonProblems.conflict, { detail });
}

function refuseGlyphs(cells: readonly LoadedCell[], contactPhone: string): void {
  try {
    for (const [index, cell] of cells.entries()) {
      refuseMissingGlyphs(typesetOf(cell, contactPhone), index + 1);
    }
  } catch (error) {
    if (!(error instanceof MissingGlyphError)) throw error;
    const { row, character } = error;
    const message = {
      zh: `第 ${row} 个的“${character}”字库中没有`,
      en: `the font has no ${character} of item ${row}`,
    };
    const errors = [{ pointer: `/of/ids/${row - 1}`, message }];
    throw new Problem(codesProblems.missingGlyph, { errors });
  }
}
