import type { QrMatrix } from '@ddp/qr/matrix';

/** What one cell shows. */
export interface SheetItem {
  matrix: QrMatrix;
  /** As it is typed, in groups. */
  shortCode: string;
  name: string;
  title: string;
  unit: string;
  area: string;
  place: string;
  /** Of the unit, on the contact card alone. */
  contactPhone: string;
}

/** Where a cell lies. */
export interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const ink = '#1c2430';
export const soft = '#55606e';
export const brand = '#0b6b5d';
export const hairline = '#cfd6dd';
export const product = '多多评 · 码上生活';

/** Parts that say something, joined as a reader wants them. */
export function joinParts(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('·');
}
