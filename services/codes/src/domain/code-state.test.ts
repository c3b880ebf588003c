import { expect, it } from 'vitest';
import { activeSlot, isOpen } from './code-state.ts';

it('gives each subject and place one slot, however the place is composed', () => {
  const subject = '01900000-0000-7000-8000-000000000001';
  expect(activeSlot(subject, 'caf\u00e9')).toEqual(activeSlot(subject, 'cafe\u0301'));
  expect(activeSlot(subject, '大厅')).not.toEqual(activeSlot(subject, '二楼'));
});

it('lets only open codes be closed or rotated', () => {
  expect((['active', 'rotated', 'retired', 'lost'] as const).map(isOpen)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
