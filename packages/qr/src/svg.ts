import { createMatrix, type QrMatrix, quietZoneModules } from './matrix.ts';

/**
 * The QR symbol of a text as an SVG document: one filled path, black on white, quiet zone included.
 * Without `sizeMm` it fills its container.
 */
export function renderSvg(text: string, options: { sizeMm?: number } = {}): string {
  const matrix = createMatrix(text);
  const side = matrix.size + 2 * quietZoneModules;
  const size =
    options.sizeMm === undefined ? '' : ` width="${options.sizeMm}mm" height="${options.sizeMm}mm"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${size} viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`,
    `<path fill="#000" d="${toPath(matrix)}"/>`,
    '</svg>',
  ].join('');
}

/** The dark modules as path data, one unit a module, moved in by the quiet zone. */
export function toPath(matrix: QrMatrix): string {
  const runs: string[] = [];
  for (let row = 0; row < matrix.size; row += 1) {
    for (let start = 0; start < matrix.size; start += 1) {
      if (!matrix.isDark(row, start)) continue;
      let end = start + 1;
      while (end < matrix.size && matrix.isDark(row, end)) end += 1;
      runs.push(
        `M${start + quietZoneModules} ${row + quietZoneModules}h${end - start}v1h${start - end}z`,
      );
      start = end;
    }
  }
  return runs.join('');
}
