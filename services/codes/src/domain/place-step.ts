import { createHmac, timingSafeEqual } from 'node:crypto';

/** When a place is open, and how long each of its codes is shown. */
export interface PlaceWindow {
  opensAtMs: number;
  closesAtMs: number;
  stepMs: number;
}

const nonceDigits = 16;
const form = /^([0-9a-f]{12})([0-9a-f]{16})$/;

export function stepAt(window: PlaceWindow, nowMs: number): number {
  return Math.floor(nowMs / window.stepMs);
}

/** The instant at which the code of a step is replaced. */
export function endOfStepMs(window: PlaceWindow, step: number): number {
  return (step + 1) * window.stepMs;
}

export function isOpenAt(window: PlaceWindow, nowMs: number): boolean {
  return nowMs >= window.opensAtMs && nowMs < window.closesAtMs;
}

/** 64 bits that nobody can tell without the secret. */
export function nonceOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  return createHmac('sha256', secret).update(counter).digest('hex').slice(0, nonceDigits);
}

/** The place's number and the nonce, or null for what is no code of any place. */
export function splitPlaceCode(code: string): { number: string; nonce: string } | null {
  const [, number, nonce] = form.exec(code) ?? [];
  return number === undefined || nonce === undefined ? null : { number, nonce };
}

/**
 * The step that a nonce is of: the present one or a neighbour, for clocks and slow hands, as long
 * as the step has a moment inside the window. Null for a wrong, an expired or an early one.
 */
export function findStep(
  secret: Buffer,
  nonce: string,
  window: PlaceWindow,
  nowMs: number,
): number | null {
  const present = stepAt(window, nowMs);
  const given = Buffer.from(nonce);
  const found = [present, present - 1, present + 1].find((step) =>
    timingSafeEqual(Buffer.from(nonceOfStep(secret, step)), given),
  );
  if (found === undefined) return null;
  const isInside =
    endOfStepMs(window, found) > window.opensAtMs && found * window.stepMs < window.closesAtMs;
  return isInside ? found : null;
}
