import { expect, it } from 'vitest';
import { areaHeader, decodeTable, readAreaTable } from './area-table.ts';

it('takes the official table line by line, with a header or without, as Excel writes it', () => {
  const lines = ['1506,鄂尔多斯市,市,', '"150603","康巴什区","旗区","1506"', ''];
  const { areas, faults } = readAreaTable(`\uFEFF${areaHeader}\r\n${lines.join('\r\n')}`);
  expect(faults).toEqual([]);
  expect(areas).toEqual([
    { code: '1506', name: '鄂尔多斯市', level: 'city', parentCode: null },
    { code: '150603', name: '康巴什区', level: 'banner', parentCode: '1506' },
  ]);
  expect(readAreaTable(lines.join('\n')).areas).toEqual(areas);
});

it('names the line of each row that is none, and why', () => {
  const lines = [areaHeader, '15,x,市,', '1506,,市,', '1506,a,省,', '150603,b,旗区,', '1506,c,市,'];
  const { areas, faults } = readAreaTable([...lines, '1506,d,市,'].join('\n'));
  expect(areas.map(({ name }) => name)).toEqual(['c']);
  expect(faults).toEqual([
    { line: 2, why: 'code' },
    { line: 3, why: 'name' },
    { line: 4, why: 'level' },
    { line: 5, why: 'parent' },
    { line: 7, why: 'repeated' },
  ]);
});

it('reads what Excel writes in Chinese', () => {
  expect(decodeTable(new Uint8Array([0xca, 0xd0]))).toBe('市');
  expect(decodeTable(new TextEncoder().encode('市'))).toBe('市');
});
