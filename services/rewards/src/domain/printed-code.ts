import { createHmac, timingSafeEqual } from 'node:crypto';

const digits = 8;

/** Eight digits of a paper's secret: they do not change, so that there are more than on a screen. */
export function printedCode(secret: Buffer): string {
  const value = createHmac('sha256', secret).update('printed').digest().readBigUInt64BE();
  return String(value % 10n ** BigInt(digits)).padStart(digits, '0');
}

/** Whether what follows the number of a voucher is from paper. */
export function isFromPaper(rest: string): boolean {
  return rest.length === digits;
}

export function matchesPaper(secret: Buffer, rest: string): boolean {
  return isFromPaper(rest) && timingSafeEqual(Buffer.from(printedCode(secret)), Buffer.from(rest));
}
