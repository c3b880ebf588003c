import { createHmac, timingSafeEqual } from 'node:crypto';

/** A code is shown for this long; a neighbour's is accepted too, for clocks and slow hands. */
const stepMs = 30_000;
const numberDigits = 8;

export function stepAt(instant: Date): number {
  return Math.floor(instant.getTime() / stepMs);
}

/** The instant at which the code of a step stops being shown. */
export function endOfStep(step: number): Date {
  return new Date((step + 1) * stepMs);
}

/** Six digits of a secret and a step: RFC 6238 with HMAC-SHA-256. */
export function codeOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha256', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const value = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/** The eight digits of the voucher and the six that change. */
export function splitCode(code: string): { voucherNumber: string; rotating: string } {
  return { voucherNumber: code.slice(0, numberDigits), rotating: code.slice(numberDigits) };
}

/**
 * The step that a code belongs to: the present one or a neighbour, or the one the voucher was used
 * with, so that a second scan of the same picture is told when it was used. Null for a wrong code.
 */
export function findStep(
  secret: Buffer,
  rotating: string,
  now: Date,
  usedStep: number | null,
): number | null {
  const present = stepAt(now);
  const steps = [present, present - 1, present + 1, ...(usedStep === null ? [] : [usedStep])];
  const given = Buffer.from(rotating);
  return (
    steps.find((step) => timingSafeEqual(Buffer.from(codeOfStep(secret, step)), given)) ?? null
  );
}

/** Whether a step may use a voucher: after an undone use only a later code than that one does. */
export function isFresh(step: number, usedStep: number | null): boolean {
  return usedStep === null || step > usedStep;
}
