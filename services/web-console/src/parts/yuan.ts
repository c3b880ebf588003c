/** Yuan as people type them, in whole cents; nothing for what is no amount. */
export function centsOf(yuan: string | undefined): number | undefined {
  const [, whole, part = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec((yuan ?? '').trim()) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Whole cents as people would type them. */
export const yuanOf = (cents: number): string =>
  cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
