export const mapFigures = ['mean', 'workers', 'hours'] as const;
export type MapFigure = (typeof mapFigures)[number];

/** What an area says of the chosen figure. */
export type Said = number | 'few' | 'nothing';

/** From little to much; each differs from its neighbours in lightness, so also without colour. */
export const shades = ['#14424f', '#1b6470', '#1f8b8b', '#2fb8a6', '#7be3c4'] as const;
export const nothingShade = '#0e2733';

/** Where one shade ends and the next begins: as scores are spoken of, or in even steps. */
export function breaksOf(figure: MapFigure, values: readonly number[]): number[] {
  if (figure === 'mean') return [3.5, 4, 4.3, 4.6];
  const most = Math.max(0, ...values);
  if (most <= 0) return [];
  const step = niceStep(most / shades.length);
  return shades.slice(1).map((_shade, index) => step * (index + 1));
}

/** 1, 2 or 5 with zeros: what people can read off. */
function niceStep(rough: number): number {
  if (rough <= 1) return 1;
  const size = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((one) => one * size >= rough) ?? 10) * size;
}

export function shadeOf(value: number, breaks: readonly number[]): string {
  const index = breaks.filter((one) => value >= one).length;
  return shades[index] ?? shades[0];
}

const darkInk = '#04201c';
export const lightInk = '#f2fbfa';

/** Dark words on light shades, light ones on dark. */
export const inkOf = (said: Said, shade: string): string =>
  typeof said === 'number' && shade === shades[4] ? darkInk : lightInk;
