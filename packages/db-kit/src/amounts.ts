/** Checks an integer that comes from or goes to BIGINT; SUM() arrives as text. Throws otherwise. */
export function toSafeInteger(value: number | string | bigint | null): number {
  const number = Number(value ?? 0);
  if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe integer: ${value}`);
  return number;
}
