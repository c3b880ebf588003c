import { type AreaScope, everywhere } from '@ddp/db-kit/scope';
import { formatShortCode } from '@ddp/qr/short-code';
import type { Kysely } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CellTexts } from '../domain/printed-texts.ts';
import { listBatchCodes, listPrintedCodes, type PrintedCode } from '../store/many-codes.ts';
import { listPrintItems, type PrintOrder } from '../store/prints.ts';
import { listCardsById, type StoredCard } from '../store/resident-cards.ts';

type Db = Kysely<CodesDatabase>;

/** A cell that may be printed, and the area it belongs to. */
export interface LoadedCell extends CellTexts {
  areaPath: string;
}

/** The cells of chosen codes, in the order asked for; what is not in force is left out. */
export async function loadCodes(
  db: Db,
  ids: readonly string[],
  scope: AreaScope,
  publicUrl: string,
): Promise<LoadedCell[]> {
  const found = new Map(
    (await listPrintedCodes(db, ids, scope)).map((code) => [code.codeId, code]),
  );
  return ids.flatMap((id) => toCells(found.get(id), publicUrl));
}

/** The cells of residents' cards, in the order asked for; what is not in force is left out. */
export async function loadCards(
  db: Db,
  ids: readonly string[],
  scope: AreaScope,
): Promise<LoadedCell[]> {
  const found = new Map((await listCardsById(db, ids, scope)).map((card) => [card.id, card]));
  return ids.flatMap((id) => toCardCells(found.get(id)));
}

/** All cells of a print that was ordered. */
export async function loadCells(
  db: Db,
  order: PrintOrder,
  publicUrl: string,
): Promise<LoadedCell[]> {
  if (order.batchId !== null) {
    const cells: LoadedCell[] = [];
    for await (const codes of listBatchCodes(db, order.batchId)) {
      for (const code of codes) cells.push(...toCells(code, publicUrl));
    }
    return cells;
  }
  const ids = await listPrintItems(db, order.id);
  return order.source === 'cards'
    ? loadCards(db, ids, everywhere)
    : loadCodes(db, ids, everywhere, publicUrl);
}

function toCells(code: PrintedCode | undefined, publicUrl: string): LoadedCell[] {
  if (code?.state !== 'active') return [];
  return [
    {
      content: `${publicUrl}/e/${code.token}`,
      shortCode: formatShortCode(code.shortCode),
      name: code.name,
      title: code.title,
      unit: code.unitName,
      area: code.areaName,
      place: code.place,
      areaPath: code.areaPath,
    },
  ];
}

/** A phone that scans the card is led nowhere: the symbol holds a token and no address. */
function toCardCells(card: StoredCard | undefined): LoadedCell[] {
  if (card?.state !== 'active') return [];
  const nobody = { name: '', title: '', unit: '', area: '', place: '' };
  const { token, areaPath } = card;
  return [{ content: token, shortCode: card.shortCode, ...nobody, areaPath }];
}
