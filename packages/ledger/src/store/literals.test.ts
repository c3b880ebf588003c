import { describe, expect, it } from 'vitest';
import {
  bytesLiteral,
  idLiteral,
  instantLiteral,
  integerLiteral,
  orNull,
  textLiteral,
} from './literals.ts';

const id = '0198c0de-1234-7abc-8def-0123456789ab';
const hostile = [
  '',
  "'",
  "x' OR '1'='1",
  'x\\',
  '?',
  '--',
  'a b',
  'a\n',
  '\0',
  'é',
  'ａ',
  '*/',
  `"`,
  'a;b',
  'x'.repeat(65),
];

describe('literals', () => {
  it('are the value and nothing else', () => {
    expect(idLiteral(id)).toBe("X'0198c0de12347abc8def0123456789ab'");
    expect(textLiteral('award:2026/7_a.b-C')).toBe("'award:2026/7_a.b-C'");
    expect(integerLiteral(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
    expect(integerLiteral(-5)).toBe('-5');
    expect(instantLiteral(new Date('2026-07-01T08:09:10.011Z'))).toBe("'2026-07-01 08:09:10.011'");
    expect(bytesLiteral(Buffer.from([0, 39, 255]))).toBe("X'0027ff'");
    expect(orNull(null, textLiteral)).toBe('NULL');
    expect(orNull('a', textLiteral)).toBe("'a'");
  });

  it('refuse text that could become SQL, wherever it stands', () => {
    for (const text of hostile.filter((one) => one !== '--')) {
      expect(() => textLiteral(text)).toThrow(TypeError);
      if (text !== '') expect(() => textLiteral(`posted${text}`)).toThrow(TypeError);
    }
    for (const text of hostile) {
      expect(() => idLiteral(text)).toThrow(TypeError);
      if (text === '') continue;
      expect(() => idLiteral(`${id}${text}`)).toThrow(TypeError);
      expect(() => idLiteral(`${text}${id.slice(text.length)}${id}`)).toThrow(TypeError);
    }
  });

  it('refuse an id that is not in its one form', () => {
    for (const text of [id.toUpperCase(), id.replaceAll('-', ''), `${id}\n`, ` ${id}`]) {
      expect(() => idLiteral(text)).toThrow(TypeError);
    }
  });

  it('refuse numbers and instants that the column cannot hold exactly', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53, 1e21]) {
      expect(() => integerLiteral(value)).toThrow(TypeError);
    }
    for (const at of [Number.NaN, 253_402_300_800_000, -62_198_755_200_000]) {
      expect(() => instantLiteral(new Date(at))).toThrow(TypeError);
    }
  });

  it('refuse values of another type, whatever they claim to look like', () => {
    const disguised = { toString: () => '1' } as never;
    expect(() => textLiteral(disguised)).toThrow(TypeError);
    expect(() => idLiteral([id] as never)).toThrow(TypeError);
    for (const literal of [idLiteral, textLiteral, integerLiteral, bytesLiteral]) {
      expect(() => literal(['1 OR 1'] as never)).toThrow(TypeError);
    }
    expect(() => integerLiteral(disguised)).toThrow(TypeError);
    expect(() => bytesLiteral(disguised)).toThrow(TypeError);
  });
});
