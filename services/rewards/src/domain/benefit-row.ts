/** Whole yuan or with at most two decimals, as cents; null for anything else. */
export function parseYuan(text: string): number | null {
  const found = /^([0-9]{1,7})(?:\.([0-9]{1,2}))?$/.exec(text.trim());
  if (!found) return null;
  const [, yuan = '', cents = ''] = found;
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
}

export function toYuan(cents: number): string {
  const rest = String(cents % 100).padStart(2, '0');
  return `${Math.floor(cents / 100)}.${rest}`;
}

/** A whole number of few digits; null for anything else. */
export function parseWhole(text: string): number | null {
  return /^[0-9]{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
}

export interface NamedShare {
  name: string;
  stock: number;
}

/** `草原奶茶馆:50；乌兰超市:20`; null where it is not of that form. */
export function parseShares(text: string): NamedShare[] | null {
  const parts = text.split(/[;；]/).map((part) => part.trim());
  const shares = parts
    .filter((part) => part !== '')
    .map((part) => {
      const found = /^(.{1,60})[:：]\s*([0-9]{1,7})$/u.exec(part);
      return found ? { name: (found[1] ?? '').trim(), stock: Number(found[2]) } : null;
    });
  const read = shares.filter((share) => share !== null);
  return read.length === shares.length && read.length > 0 ? read : null;
}

export function toShares(shares: readonly NamedShare[]): string {
  return shares.map(({ name, stock }) => `${name}:${stock}`).join('；');
}
