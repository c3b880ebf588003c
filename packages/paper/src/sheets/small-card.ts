import { drawFace, faceLevels } from '../drawing/faces.ts';
import type { Colour, Mark } from '../drawing/marks.ts';
import { setText } from '../drawing/text-marks.ts';
import { brand, type Cell, ink, joinParts, type SheetItem, soft } from './sheet-item.ts';

/** Labels of thermal printers are black; those of a sheet may have colours. */
export interface SmallCardLook {
  isColoured: boolean;
}

const black: Colour = '#000000';

/** The card of the 3 × 8 sheet and of the labels: the symbol on the left, the words on the right. */
export function drawSmallCard(item: SheetItem, cell: Cell, look: SmallCardLook): Mark[] {
  const pad = cell.height * 0.05;
  const side = Math.min(
    cell.height - 2 * pad,
    cell.width * (cell.height / cell.width > 0.64 ? 0.52 : 0.535),
  );
  // A cell that is nearly square has room for the typed code under the symbol.
  const below = cell.height - 2 * pad - side;
  const isCodeBelow = below >= 4;
  const x = cell.x + pad + side + 1;
  const width = cell.x + cell.width - pad - x;
  const tone: Record<'brand' | 'ink' | 'soft', Colour> = look.isColoured
    ? { brand, ink, soft }
    : { brand: black, ink: black, soft: black };
  const bold = { weight: 'bold', maxLines: 1 } as const;
  const code = isCodeBelow
    ? { x: cell.x + pad, width: side, y: cell.y + pad + side, height: below }
    : { x, width, y: cell.y + cell.height - pad - cell.height * 0.14, height: cell.height * 0.14 };
  const top = cell.y + pad;
  const room = isCodeBelow ? cell.height - 2 * pad : code.y - top;
  const at = (share: number) => top + share * room;
  return [
    { kind: 'qr', matrix: item.matrix, x: cell.x + pad, y: top, side },
    ...setText(
      '扫一扫',
      { ...bold, widthMm: width, heightMm: room * 0.19, maxPoints: 15 },
      { x, y: at(0.01), colour: tone.brand },
    ),
    ...setText(
      '评价我的服务',
      { ...bold, widthMm: width, heightMm: room * 0.16, maxPoints: 10.5 },
      { x, y: at(0.19), colour: tone.ink },
    ),
    ...setText(
      item.name,
      { ...bold, maxLines: 2, widthMm: width, heightMm: room * 0.22, maxPoints: 12.5 },
      { x, y: at(0.37), colour: tone.ink, vertical: 'middle' },
    ),
    ...setText(
      joinParts(item.title, item.unit, item.place || item.area),
      { weight: 'regular', maxLines: 3, widthMm: width, heightMm: room * 0.22, maxPoints: 6.5 },
      { x, y: at(0.6), colour: tone.soft },
    ),
    ...drawSmallFaces({ x, y: at(0.915), width }, room * 0.07, look),
    ...setText(
      item.shortCode,
      { ...bold, widthMm: code.width, heightMm: code.height, maxPoints: 10.5 },
      {
        x: code.x,
        y: code.y,
        colour: tone.ink,
        align: isCodeBelow ? 'centre' : 'left',
        vertical: 'middle',
      },
    ),
  ];
}

function drawSmallFaces(
  row: { x: number; y: number; width: number },
  largest: number,
  { isColoured }: SmallCardLook,
): Mark[] {
  const radius = Math.min(largest, row.width / 12);
  return faceLevels.map((level, index) =>
    drawFace(level, { x: row.x + radius + index * radius * 2.5, y: row.y, radius, isColoured }),
  );
}
