import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AreaLevel } from '@ddp/contracts/directory/schemas';

export interface Division {
  code: string;
  name: string;
  level: AreaLevel;
  parentCode: string | null;
}

/** Compiled files lie one folder deeper than sources. */
const candidates = ['../../data', '../../../data'];

/** The official divisions of Ordos: code, name, level, parent. */
export async function readDivisions(): Promise<Division[]> {
  for (const folder of candidates) {
    const file = path.join(import.meta.dirname, folder, 'ordos-divisions.csv');
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return parseDivisions(text);
  }
  throw new Error('data/ordos-divisions.csv is not there');
}

function parseDivisions(text: string): Division[] {
  const [, ...lines] = text.trim().split(/\r?\n/);
  return lines.map((line) => {
    const [code = '', name = '', level = '', parentCode = ''] = line.split(',');
    return { code, name, level: level as AreaLevel, parentCode: parentCode || null };
  });
}
