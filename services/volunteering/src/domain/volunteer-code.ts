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

/** The eight digits of the volunteer and the six that change. */
export function splitCode(code: string): { number: string; rotating: string } {
  return { number: code.slice(0, numberDigits), rotating: code.slice(numberDigits) };
}

/** Whether the digits are those of an instant, or of a step beside it. */
export function isCodeOf(secret: Buffer, rotating: string, instant: Date): boolean {
  const present = stepAt(instant);
  const given = Buffer.from(rotating);
  return [present, present - 1, present + 1].some((step) =>
    timingSafeEqual(Buffer.from(codeOfStep(secret, step)), given),
  );
}
