import { expect, it } from 'vitest';
import { amountInWords } from './amount-in-words.ts';

it.each([
  [0, '人民币零元整'],
  [5, '人民币伍分'],
  [50, '人民币伍角整'],
  [100, '人民币壹元整'],
  [1_409_50, '人民币壹仟肆佰零玖元伍角整'],
  [6_007_14, '人民币陆仟零柒元壹角肆分'],
  [107_000_53, '人民币壹拾万零柒仟元伍角叁分'],
  [16_409_02, '人民币壹万陆仟肆佰零玖元零贰分'],
  [325_04, '人民币叁佰贰拾伍元零肆分'],
  [100_000_000_00, '人民币壹亿元整'],
  [100_000_001_00, '人民币壹亿零壹元整'],
  [1_000_100_000_00, '人民币壹拾亿零壹拾万元整'],
  [-30_00, '人民币负叁拾元整'],
])('writes %i cents as %s', (cents, words) => {
  expect(amountInWords(cents)).toBe(words);
});

it('refuses what is no amount', () => {
  expect(() => amountInWords(1.5)).toThrow(RangeError);
});
