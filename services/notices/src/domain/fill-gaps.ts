const gap = /\{(\w+)\}/g;

/** The names of a text's gaps, in order. */
export function gapsOf(text: string): string[] {
  return [...text.matchAll(gap)].map(([, name = '']) => name).sort();
}

/**
 * Fills the gaps of a text. Values that are words of the house are put in the reader's language; a
 * gap without a value shows a dash, so that an old message stays readable when its text changes.
 */
export function fillGaps(
  text: string,
  params: Readonly<Record<string, string | number>>,
  words: Readonly<Record<string, string>>,
): string {
  return text.replace(gap, (_match, name: string) => {
    const value = Object.hasOwn(params, name) ? String(params[name]) : '—';
    return Object.hasOwn(words, value) ? String(words[value]) : value;
  });
}
