import { expect, it } from 'vitest';
import { parseShares, parseWhole, parseYuan, toShares, toYuan } from './benefit-row.ts';

it('reads yuan as exact cents, and writes them so that they are read again', () => {
  const read = ['0', '12', '12.5', '12.50', '0.07', '1234567.89'].map(parseYuan);
  expect(read).toEqual([0, 1_200, 1_250, 1_250, 7, 123_456_789]);
  for (const text of ['', '-1', '1.234', '1e3', '12,5', '12345678', '１２']) {
    expect(parseYuan(text), text).toBeNull();
  }
  for (const cents of [0, 7, 1_250, 123_456_789]) expect(parseYuan(toYuan(cents))).toBe(cents);
});

it('reads merchants with their pieces, by Chinese and Latin marks alike', () => {
  const shares = [
    { name: '草原奶茶馆', stock: 50 },
    { name: '乌兰超市', stock: 20 },
  ];
  expect(parseShares('草原奶茶馆:50；乌兰超市：20')).toEqual(shares);
  expect(parseShares(toShares(shares))).toEqual(shares);
  for (const text of ['', '；', '草原奶茶馆', '草原奶茶馆:', ':50', '草原奶茶馆:5.5', 'a:1;b']) {
    expect(parseShares(text), text).toBeNull();
  }
});

it('takes plain digits alone for a whole number', () => {
  expect(['7', ' 12 ', '0'].map(parseWhole)).toEqual([7, 12, 0]);
  for (const text of ['', '-1', '1.0', '1e2', '九']) expect(parseWhole(text), text).toBeNull();
});
