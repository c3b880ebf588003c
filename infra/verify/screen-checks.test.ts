import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureFirstLoad } from './screen-checks.ts';

it('a first load is the page with all that it names, and nothing that is loaded later', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ddp-first-load-'));
  try {
    mkdirSync(join(folder, 'assets'));
    const page = '<link href="/app/assets/a.css"><script src="/app/assets/b.js"></script>';
    writeFileSync(join(folder, 'index.html'), page);
    // Noise cannot be compressed: its size is what is measured.
    for (const [name, bytes] of [
      ['a.css', 10_000],
      ['b.js', 50_000],
      ['later.js', 900_000],
    ] as const) {
      writeFileSync(join(folder, 'assets', name), randomBytes(bytes));
    }
    expect(measureFirstLoad(folder)).toBeGreaterThan(60_000);
    expect(measureFirstLoad(folder)).toBeLessThan(61_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
