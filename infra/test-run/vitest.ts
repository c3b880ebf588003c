import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './reporter.ts';

export interface TestRun {
  exitCode: number;
  /** Absent when vitest ended before it could report. */
  report: Report | null;
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}

/** Runs vitest to its end in a process of its own. */
export function runVitest(
  filters: string[],
  env: NodeJS.ProcessEnv,
  dir: string,
): Promise<TestRun> {
  const reportFile = join(dir, 'report.json');
  rmSync(reportFile, { force: true });
  const byName = filters.some(
    (filter) => filter === '-t' || filter.startsWith('--testNamePattern'),
  );
  const reporters = ['--reporter=default', '--reporter=./infra/test-run/reporter.ts'];
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...filters],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...env, DDP_TEST_REPORT: reportFile, DDP_TEST_BY_NAME: byName ? '1' : '0' },
      },
    );
    const forward = () => child.kill('SIGTERM');
    process.once('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGTERM', forward);
      resolve({ exitCode: code ?? 1, report: readReport(reportFile) });
    });
  });
}
