/** How the sheets are divided; lengths in millimetres. */
export interface SheetSize {
  page: { width: number; height: number };
  cell: { width: number; height: number };
  columns: number;
  rows: number;
  /** Of the first cell from the top left of the page. */
  left: number;
  top: number;
}

const a4 = { width: 210, height: 297 };

/** Cells side by side in the middle of a page. */
function divide(
  page: SheetSize['page'],
  cell: SheetSize['cell'],
  columns: number,
  rows: number,
): SheetSize {
  const left = (page.width - columns * cell.width) / 2;
  return { page, cell, columns, rows, left, top: (page.height - rows * cell.height) / 2 };
}

const alone = (width: number, height: number): SheetSize =>
  divide({ width, height }, { width, height }, 1, 1);

export const sheetSizes = {
  'a4-2x4': divide(a4, { width: 95, height: 68.5 }, 2, 4),
  'a4-3x8': divide(a4, { width: 64, height: 34 }, 3, 8),
  'label-60x40': alone(60, 40),
  'label-50x30': alone(50, 30),
  'a3-poster': alone(297, 420),
  'contact-card': divide(a4, { width: 90, height: 54 }, 2, 5),
  'resident-card': divide(a4, { width: 86, height: 54 }, 2, 5),
} as const satisfies Record<string, SheetSize>;

export type SheetName = keyof typeof sheetSizes;

/** Cells of one page. */
export function capacityOf(sheet: SheetName): number {
  return sheetSizes[sheet].columns * sheetSizes[sheet].rows;
}
