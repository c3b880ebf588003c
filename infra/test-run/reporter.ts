import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What a run of vitest amounted to. */
export interface Report {
  passed: number;
  failed: number;
  notRun: { name: string; reason: string }[];
  filteredOut: number;
}

function countModule(report: Report, module: TestModule, byName: boolean): void {
  let failedInside = 0;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') report.passed += 1;
    else if (result.state === 'failed') failedInside += 1;
    else if (byName) report.filteredOut += 1;
    else {
      const reason = result.state === 'skipped' ? (result.note ?? '') : 'the run ended before it';
      report.notRun.push({ name: `${module.relativeModuleId} > ${test.fullName}`, reason });
    }
  }
  // A file that does not load, or a hook outside every test that throws, is a failure of its own.
  const failedOutside = module.state() === 'failed' && failedInside === 0 ? 1 : 0;
  report.failed += failedInside + failedOutside;
}

/** Writes the counts of a run to the file that DDP_TEST_REPORT names. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const report: Report = { passed: 0, failed: errors.length, notRun: [], filteredOut: 0 };
    const byName = process.env.DDP_TEST_BY_NAME === '1';
    for (const module of modules) countModule(report, module, byName);
    const file = process.env.DDP_TEST_REPORT;
    if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  }
}
