import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areSameItems, type CertificateItem, groupItems, sumItems } from './certificate.ts';

const items = fc.array(
  fc.record({
    hoursId: fc.uuid(),
    version: fc.integer({ min: 1, max: 3 }),
    kind: fc.constantFrom<CertificateItem['kind']>('verified', 'recorded'),
    title: fc.constantFrom('清洁河岸', '上门理发'),
    teamName: fc.constantFrom('邻里互助队', '夜间守护队'),
    on: fc.constantFrom('2026-01-05', '2026-03-01', '2026-11-30'),
    minutes: fc.integer({ min: 1, max: 600 }),
  }),
);

it('tells every minute and every time once, verified before recorded', () => {
  fc.assert(
    fc.property(items, (drawn) => {
      const lines = groupItems(drawn);
      for (const kind of ['verified', 'recorded'] as const) {
        const ofKind = lines.filter(({ isRecorded }) => isRecorded === (kind === 'recorded'));
        const minutes = ofKind.reduce((sum, one) => sum + one.minutes, 0);
        expect(minutes).toBe(sumItems(drawn, kind));
      }
      expect(lines.reduce((sum, { times }) => sum + times, 0)).toBe(drawn.length);
      const firstRecorded = lines.findIndex(({ isRecorded }) => isRecorded);
      const lastVerified = lines.findLastIndex(({ isRecorded }) => !isRecorded);
      if (firstRecorded >= 0) expect(firstRecorded).toBeGreaterThan(lastVerified);
    }),
  );
});

it('sees that hours were corrected, added or taken away meanwhile', () => {
  const one = { hoursId: 'a', version: 1, kind: 'verified' as const, title: '', teamName: '' };
  const item = { ...one, on: '2026-11-10', minutes: 60 };
  expect(areSameItems([item], [{ ...item }])).toBe(true);
  expect(areSameItems([item], [{ ...item, version: 2 }])).toBe(false);
  expect(areSameItems([item], [])).toBe(false);
  expect(areSameItems([item], [item, { ...item, hoursId: 'b' }])).toBe(false);
});
