import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely, Migration } from 'kysely';

/**
 * Runs a service's migrations whose number lies between the two, each twice in a row, as after a
 * lost lease: what a migration does a second time must change nothing.
 */
export async function runMigrationsTwice<DB>(
  db: Kysely<DB>,
  folder: string,
  range: { from: number; to: number },
): Promise<void> {
  for (const file of (await readdir(folder)).sort()) {
    const number = Number(file.slice(0, 4));
    if (number < range.from || number > range.to) continue;
    const { up } = (await import(path.join(folder, file))) as Migration;
    await up(db);
    await up(db);
  }
}
