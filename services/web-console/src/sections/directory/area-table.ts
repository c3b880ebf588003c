import type { importAreas } from '@ddp/contracts/directory/routes';
import type { RouteInput } from '@ddp/contracts/route';

export type AreaRow = RouteInput<typeof importAreas>['body']['areas'][number];
/** A row that cannot be taken, by its line from 1, and which word says why. */
export interface AreaFault {
  line: number;
  why: 'code' | 'name' | 'level' | 'parent' | 'repeated';
}

const levels: Readonly<Record<string, AreaRow['level']>> = {
  市: 'city',
  旗区: 'banner',
  苏木乡镇街道: 'township',
  嘎查社区: 'community',
  网格: 'grid',
};
export const mostAreas = 2_000;
export const areaHeader = '代码,名称,级别,上级代码';
const isCode = (text: string) => /^[0-9]{4,18}$/.test(text);

/** The bytes of a table as text: UTF-8, or what Excel writes in Chinese. */
export function decodeTable(bytes: BufferSource): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function readRow(cells: readonly string[]): AreaRow | AreaFault['why'] {
  const [code = '', name = '', said = '', parent = ''] = cells;
  const level = levels[said];
  if (!isCode(code)) return 'code';
  if (name === '' || name.length > 60) return 'name';
  if (level === undefined) return 'level';
  if (parent === '' ? level !== 'city' : !isCode(parent)) return 'parent';
  return { code, name, level, parentCode: parent === '' ? null : parent };
}

/** The official table: code, name, level and the code above, one area a line, a header or none. */
export function readAreaTable(text: string): { areas: AreaRow[]; faults: AreaFault[] } {
  const areas: AreaRow[] = [];
  const faults: AreaFault[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const cells = line.split(/[,\t，]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const isHeader = index === 0 && !/\d/.test(cells[0] ?? '');
    if (line.trim() === '' || isHeader) continue;
    const row = readRow(cells);
    if (typeof row === 'string') faults.push({ line: index + 1, why: row });
    else if (seen.has(row.code)) faults.push({ line: index + 1, why: 'repeated' });
    else areas.push(row);
    if (typeof row !== 'string') seen.add(row.code);
  }
  return { areas, faults };
}
