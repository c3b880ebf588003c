import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

export type Weight = 'regular' | 'bold';

const { resolve } = createRequire(import.meta.url);

const files: Record<Weight, () => string> = {
  regular: () => resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: () => resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
};

/** One weight of Noto Sans SC, the only typeface of printed paper. */
export interface Typeface {
  weight: Weight;
  /** The whole TrueType file. */
  file: Buffer;
  /** Width of a character in em; what the font lacks counts as one em. */
  widthOf(character: string): number;
  hasGlyph(character: string): boolean;
  /** The outline as SVG path data in units of a thousandth em, y upwards. */
  outlineOf(character: string): string;
}

const opened = new Map<Weight, Typeface>();

/** The typeface of a weight; its file is read once a process. */
export function openTypeface(weight: Weight): Typeface {
  const known = opened.get(weight);
  if (known) return known;
  const file = readFileSync(files[weight]());
  const typeface = toTypeface(weight, file, create(file) as Font);
  opened.set(weight, typeface);
  return typeface;
}

function toTypeface(weight: Weight, file: Buffer, font: Font): Typeface {
  const widths = new Map<string, number>();
  const glyphOf = (character: string) => font.glyphForCodePoint(character.codePointAt(0) ?? 0);
  return {
    weight,
    file,
    widthOf(character) {
      const known = widths.get(character);
      if (known !== undefined) return known;
      const width = glyphOf(character).advanceWidth / font.unitsPerEm;
      widths.set(character, width);
      return width;
    },
    hasGlyph: (character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
    outlineOf(character) {
      const scale = 1_000 / font.unitsPerEm;
      return glyphOf(character).path.scale(scale, scale).toSVG();
    },
  };
}

/** A character that no glyph of the font stands for, with the row of the print it is in. */
export class MissingGlyphError extends Error {
  override name = 'MissingGlyphError';
  readonly character: string;
  /** From 1, in the order of the print. */
  readonly row: number;

  constructor(character: string, row: number) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    super(`the font has no glyph for ${character} (U+${code}) in row ${row}`);
    this.character = character;
    this.row = row;
  }
}

/** Throws for the first character that would be printed as an empty box. */
export function refuseMissingGlyphs(texts: readonly string[], row: number): void {
  const { hasGlyph } = openTypeface('regular');
  for (const text of texts) {
    for (const character of text.normalize('NFC')) {
      if (!hasGlyph(character)) throw new MissingGlyphError(character, row);
    }
  }
}
