import { quietZoneModules } from '@ddp/qr/matrix';
import { toPath } from '@ddp/qr/svg';
import { mmOfPoint } from './fit-text.ts';
import { openTypeface } from './font.ts';
import type { Mark, Page, PathMark, PathStep } from './marks.ts';

/** A page as an SVG document of outlines alone: it looks the same without the font. */
export function renderSvg(page: Page): string {
  const size = `width="${page.widthMm}mm" height="${page.heightMm}mm"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${page.widthMm} ${page.heightMm}">`,
    `<path fill="#fff" d="M0 0h${page.widthMm}v${page.heightMm}H0z"/>`,
    ...page.marks.map(drawMark),
    '</svg>',
  ].join('\n');
}

function drawMark(mark: Mark): string {
  switch (mark.kind) {
    case 'text':
      return drawText(mark);
    case 'path':
      return drawPath(mark);
    case 'stamp': {
      const place = `translate(${round(mark.x)} ${round(mark.y)})`;
      return `<g transform="${place}">${mark.stamp.paths.map(drawPath).join('')}</g>`;
    }
    case 'qr': {
      const scale = mark.side / (mark.matrix.size + 2 * quietZoneModules);
      const place = `translate(${round(mark.x)} ${round(mark.y)}) scale(${scale.toFixed(6)})`;
      return `<path transform="${place}" fill="#000" shape-rendering="crispEdges" d="${toPath(mark.matrix)}"/>`;
    }
  }
}

function drawPath(mark: PathMark): string {
  const stroke = mark.stroke
    ? ` stroke="${mark.stroke}" stroke-width="${round(mark.widthMm ?? 0.2)}" stroke-linecap="round"`
    : '';
  return `<path fill="${mark.fill ?? 'none'}"${stroke} d="${mark.steps.map(toData).join('')}"/>`;
}

function toData([letter, ...numbers]: PathStep): string {
  return letter + numbers.map(round).join(' ');
}

/** Outlines stand one after another, each moved by the widths of those before it. */
function drawText(mark: Extract<Mark, { kind: 'text' }>): string {
  const { widthOf, outlineOf } = openTypeface(mark.weight);
  const scale = (mark.points * mmOfPoint) / 1_000;
  let em = 0;
  const glyphs: string[] = [];
  for (const character of mark.text) {
    const outline = outlineOf(character);
    if (outline !== '') {
      glyphs.push(`<path transform="translate(${Math.round(em * 1_000)} 0)" d="${outline}"/>`);
    }
    em += widthOf(character);
  }
  const place = `translate(${round(mark.x)} ${round(mark.baseline)}) scale(${scale.toFixed(6)} ${(-scale).toFixed(6)})`;
  return `<g fill="${mark.colour}" transform="${place}">${glyphs.join('')}</g>`;
}

function round(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
