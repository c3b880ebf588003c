const idText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const plainText = /^[A-Za-z0-9._:/-]{1,64}$/;
const instantText = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

/**
 * Values as SQL text, for statements of many rows, where binding costs more than the rest. Each
 * throws a TypeError on what is not made of its few characters alone, so that nothing else than a
 * value can come of it.
 */
export function idLiteral(id: string): string {
  assertForm(id, idText, 'an id');
  const [head, tail] = [id.slice(0, 8) + id.slice(9, 13), id.slice(19, 23) + id.slice(24)];
  return `X'${head}${id.slice(14, 18)}${tail}'`;
}

/** Kinds, units and references: ASCII letters, digits and `. _ : / -`. */
export function textLiteral(text: string): string {
  assertForm(text, plainText, 'a plain text');
  return `'${text}'`;
}

export function integerLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('not a safe integer');
  return String(value);
}

/** A DATETIME(3) in UTC. */
export function instantLiteral(instant: Date): string {
  const text = Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
  assertForm(text, instantText, 'an instant');
  return `'${text.slice(0, 10)} ${text.slice(11, 23)}'`;
}

export function bytesLiteral(bytes: Buffer): string {
  if (!Buffer.isBuffer(bytes)) throw new TypeError('not bytes');
  return `X'${bytes.toString('hex')}'`;
}

export function orNull<T>(value: T | null, literal: (value: T) => string): string {
  return value === null ? 'NULL' : literal(value);
}

/** A pattern alone would take whatever turns into such a text once. */
function assertForm(text: unknown, form: RegExp, what: string): void {
  if (typeof text !== 'string' || !form.test(text)) throw new TypeError(`not ${what}`);
}
