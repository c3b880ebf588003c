const prefix = 'ddp.';

/** What a reader chose on this device; nothing where the browser keeps nothing. */
export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`${prefix}${name}`);
  } catch {
    return null;
  }
}

export function writeKept(name: string, value: string): void {
  try {
    localStorage.setItem(`${prefix}${name}`, value);
  } catch {
    // A browser in private mode keeps nothing; the choice holds until the page is closed.
  }
}
