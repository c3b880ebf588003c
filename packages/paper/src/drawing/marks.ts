import type { QrMatrix } from '@ddp/qr/matrix';
import type { Weight } from './font.ts';

/** `#rrggbb`. */
export type Colour = `#${string}`;

/** A path of absolute moves, lines and cubic curves, in millimetres from the top left, y downwards. */
export type PathStep =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

export interface PathMark {
  kind: 'path';
  steps: readonly PathStep[];
  fill?: Colour;
  stroke?: Colour;
  widthMm?: number;
}

/** One thing drawn on a page; every length in millimetres from the top left. */
export type Mark =
  | {
      kind: 'text';
      text: string;
      x: number;
      baseline: number;
      points: number;
      weight: Weight;
      colour: Colour;
    }
  | PathMark
  /** A picture that comes again and again, its top left corner at `x`, `y`. */
  | { kind: 'stamp'; stamp: Stamp; x: number; y: number }
  /** A QR symbol with its quiet zone inside a square of `side`. */
  | { kind: 'qr'; matrix: QrMatrix; x: number; y: number; side: number };

/** Paths between 0 and a width and a height, drawn once in a document and shown many times. */
export interface Stamp {
  /** Of its own: equal keys are equal pictures. */
  key: string;
  width: number;
  height: number;
  paths: readonly PathMark[];
}

/** One side of paper. */
export interface Page {
  widthMm: number;
  heightMm: number;
  marks: Mark[];
}

/** How far a circle's control points stand from its quarters, in radii. */
const bow = 0.5522847498;

export function circle(x: number, y: number, radius: number): PathStep[] {
  return roundedBox(x - radius, y - radius, 2 * radius, 2 * radius, radius);
}

export function box(x: number, y: number, width: number, height: number): PathStep[] {
  return [
    ['M', x, y],
    ['L', x + width, y],
    ['L', x + width, y + height],
    ['L', x, y + height],
    ['Z'],
  ];
}

export function roundedBox(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): PathStep[] {
  const [right, bottom, pull] = [x + width, y + height, radius * (1 - bow)];
  return [
    ['M', x + radius, y],
    ['L', right - radius, y],
    ['C', right - pull, y, right, y + pull, right, y + radius],
    ['L', right, bottom - radius],
    ['C', right, bottom - pull, right - pull, bottom, right - radius, bottom],
    ['L', x + radius, bottom],
    ['C', x + pull, bottom, x, bottom - pull, x, bottom - radius],
    ['L', x, y + radius],
    ['C', x, y + pull, x + pull, y, x + radius, y],
    ['Z'],
  ];
}

export function line(fromX: number, fromY: number, toX: number, toY: number): PathStep[] {
  return [
    ['M', fromX, fromY],
    ['L', toX, toY],
  ];
}
