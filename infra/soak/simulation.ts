import { simulate } from '../../tests/simulation/simulate.ts';

const reportEvery = 10_000;

/** `npm run soak -- simulation <seeds> [first seed]`: one JSON line, or the first seed that fails. */
function run([count = '100000', first = '1']: string[]): number {
  const [seeds, from] = [Number(count), Number(first)];
  if (!Number.isSafeInteger(seeds) || !Number.isSafeInteger(from) || seeds < 1 || from < 0) {
    process.stderr.write('npm run soak -- simulation <seeds> [first seed]\n');
    return 2;
  }
  const startedAt = performance.now();
  let answered = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = simulate(seed);
    if (result.violation !== null) {
      const again = `npm run soak -- simulation 1 ${seed}`;
      process.stdout.write(`${JSON.stringify({ ...result, again })}\n`);
      return 1;
    }
    answered += result.answered;
    const done = seed - from + 1;
    if (done % reportEvery === 0) process.stderr.write(`· ${done} seeds without fault\n`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ seeds, from, answered, seconds, violation: null })}\n`);
  return 0;
}

process.exitCode = run(process.argv.slice(2));
