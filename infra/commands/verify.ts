import { paths } from '../bootstrap/paths.mjs';
import type { Check } from '../verify/check.ts';
import { checks } from '../verify/checks.ts';
import { print } from './say.ts';

const shownViolations = 60;

async function runCheck(check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const result = await check.run(paths.root).catch((error: unknown) => ({
    seen: 'nothing',
    violations: [`the check itself failed: ${String(error)}`],
  }));
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const isClean = result.violations.length === 0;
  print(`${isClean ? 'ok  ' : 'FAIL'} ${check.name} (${result.seen}, ${seconds} s)`);
  for (const violation of result.violations.slice(0, shownViolations)) print(`     ${violation}`);
  const more = result.violations.length - shownViolations;
  if (more > 0) print(`     and ${more} more`);
  return isClean;
}

/** `npm run verify [-- <check> …]`: every fence, in parallel, without a database. */
export async function run(args: string[]): Promise<number> {
  const wanted = checks.filter(({ name }) => args.length === 0 || args.includes(name));
  if (wanted.length === 0) {
    print(`there is no such check; there are: ${checks.map(({ name }) => name).join(', ')}`);
    return 1;
  }
  const results = await Promise.all(wanted.map(runCheck));
  return results.every(Boolean) ? 0 : 1;
}
