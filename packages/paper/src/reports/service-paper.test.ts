import { createMatrix } from '@ddp/qr/matrix';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOutService, type ServicePaper, toHoursText } from './service-paper.ts';

const paperOf = (count: number): ServicePaper => ({
  ...{ name: '乌兰图雅', volunteerNumber: '12345678', number: '7KX-29M-4QT' },
  ...{ fromOn: '2026-01-01', untilOn: '2026-11-30', issuedOn: '2026-11-30' },
  ...{ verifiedMinutes: count * 90, recordedMinutes: 60, contact: '0477-8588123' },
  issuer: '康巴什区志愿服务指导中心',
  checkAddress: 'ddp.example/c',
  matrix: createMatrix('https://ddp.example/c/01234567890123456789012345', 'H'),
  lines: Array.from({ length: count }, (_, index) => ({
    ...{ title: `第 ${index + 1} 项服务`, teamName: '邻里互助队', times: 1, minutes: 90 },
    ...{ firstOn: '2026-01-01', lastOn: '2026-11-30', isRecorded: false },
  })),
});

it('tells hours in words', () => {
  expect([0, 60, 125].map(toHoursText)).toEqual(['0 小时', '1 小时', '2 小时 5 分钟']);
});

it('has each line once, on a page, above the foot; and its end once, on the last one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 120 }), (count) => {
      const pages = layOutService(paperOf(count));
      const texts = pages.map(({ marks }) =>
        marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : [])),
      );
      const lines = texts.flat().filter(({ text }) => /^第 \d+ 项服务$/.test(text));
      expect(lines.map(({ text }) => text)).toEqual(paperOf(count).lines.map(({ title }) => title));
      for (const { baseline } of lines) expect(baseline).toBeLessThan(297 - 24);
      const symbols = pages.map(({ marks }) => marks.filter(({ kind }) => kind === 'qr').length);
      expect(symbols.reduce((sum, one) => sum + one, 0)).toBe(1);
      expect(symbols.at(-1)).toBe(1);
      const last = Math.max(
        0,
        ...(texts.at(-1) ?? [])
          .filter((one) => lines.includes(one))
          .map(({ baseline }) => baseline),
      );
      expect(last).toBeLessThan(297 - 24 - 58);
    }),
    { numRuns: 30 },
  );
});
