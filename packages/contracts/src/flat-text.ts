/** What people put between characters so that a word is not found; sentences stay apart. */
const separators = /[\s\p{Cf}\p{Pd}·•.．_*|/\\'"`~^+]/gu;

/** A text without width, case and what is put between characters, for looking for words in it. */
export function flattenText(text: string): string {
  return text.normalize('NFKC').replace(separators, '').toLowerCase();
}
