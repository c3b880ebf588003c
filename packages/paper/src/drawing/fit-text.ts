import { openTypeface, type Weight } from './font.ts';

/** Millimetres of a typographic point. */
export const mmOfPoint = 25.4 / 72;

export interface TextBox {
  widthMm: number;
  heightMm: number;
  weight: Weight;
  /** The size wanted, in points; the text shrinks from there until it fits. */
  maxPoints: number;
  maxLines: number;
}

export interface FittedText {
  lines: string[];
  points: number;
}

/** Distance of two baselines in em. */
export const leadingEm = 1.22;
const smallestPoints = 2;

/** Characters that no line may begin with. */
const closers = new Set('，。、；：！？）》」』】”’·—…,.;:!?)]}%');

/** Width of a text at one point of size, in millimetres. */
export function measureText(text: string, weight: Weight): number {
  const { widthOf } = openTypeface(weight);
  let em = 0;
  for (const character of text) em += widthOf(character);
  return em * mmOfPoint;
}

/**
 * The largest setting of a text that stays inside its box: it breaks between Chinese characters and
 * between words, and shrinks until all of it fits. Nothing is cut off.
 */
export function fitText(text: string, box: TextBox): FittedText {
  const plain = text.normalize('NFC');
  for (let points = box.maxPoints; ; points = Math.max(smallestPoints, points * 0.96)) {
    const lines = breakLines(plain, box.weight, box.widthMm / (points * mmOfPoint));
    const heightMm = lines.length * leadingEm * points * mmOfPoint;
    const fits = lines.length <= box.maxLines && heightMm <= box.heightMm + 1e-9;
    if (fits || points === smallestPoints) return { lines, points };
  }
}

/** Breaks a text into lines of so many em. */
export function breakLines(text: string, weight: Weight, widthEm: number): string[] {
  const { widthOf } = openTypeface(weight);
  const widthOfAll = (part: string) => [...part].reduce((sum, one) => sum + widthOf(one), 0);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const next = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const word of splitWords(text)) {
    const width = widthOfAll(word);
    if (line !== '' && used + width > widthEm + 1e-9) next();
    if (line === '' && word.trim() === '') continue;
    if (width <= widthEm + 1e-9) {
      line += word;
      used += width;
      continue;
    }
    for (const character of word) {
      const one = widthOf(character);
      if (line !== '' && used + one > widthEm + 1e-9) next();
      line += character;
      used += one;
    }
  }
  if (line !== '' || lines.length === 0) next();
  return lines;
}

/** What stays on one line: a Chinese character with the closers after it, or a Latin word. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const character of text) {
    const last = words.at(-1);
    const joins =
      last !== undefined &&
      (closers.has(character) || (/[!-~]$/.test(last) && /[!-~]/.test(character)));
    if (joins) words[words.length - 1] = last + character;
    else words.push(character);
  }
  return words;
}
