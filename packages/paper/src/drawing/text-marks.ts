import { fitText, leadingEm, measureText, mmOfPoint, type TextBox } from './fit-text.ts';
import type { Colour, Mark } from './marks.ts';

export interface Placed {
  x: number;
  y: number;
  colour: Colour;
  align?: 'left' | 'centre' | 'right';
  /** Where the lines stand in a box that is higher than they are. */
  vertical?: 'top' | 'middle';
}

/** How far the first baseline stands below the top of its line, in em. */
const ascentEm = 0.95;

/** The lines of a text inside its box, the box's top left corner at `x`, `y`. */
export function setText(text: string, box: TextBox, placed: Placed): Mark[] {
  const { lines, points } = fitText(text, box);
  const lineMm = leadingEm * points * mmOfPoint;
  const spare = placed.vertical === 'middle' ? (box.heightMm - lines.length * lineMm) / 2 : 0;
  return lines
    .map((content, index): Mark => {
      const left = box.widthMm - measureText(content, box.weight) * points;
      const indent = { left: 0, centre: left / 2, right: left }[placed.align ?? 'left'];
      return {
        kind: 'text',
        text: content,
        x: placed.x + indent,
        baseline: placed.y + spare + index * lineMm + ascentEm * points * mmOfPoint,
        points,
        weight: box.weight,
        colour: placed.colour,
      };
    })
    .filter((mark) => mark.kind !== 'text' || mark.text !== '');
}
