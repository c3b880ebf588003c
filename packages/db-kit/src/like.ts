/** Escapes what LIKE would read as a wildcard. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/** The LIKE pattern of "contains this text". */
export function containing(text: string): string {
  return `%${escapeLike(text)}%`;
}
