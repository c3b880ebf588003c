import { execSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTcpProxy } from '@ddp/testing/tcp-proxy';
import { openBank } from '../faults/bank.ts';
import { openPointsHouse } from '../faults/points-house.ts';
import { createRandom } from '../faults/random.ts';

/**
 * `npm run soak -- failover <url> <url> <command> [seconds]`: the bank test on the first of two
 * database servers of one cluster. The command kills that server; from then on everybody is led to
 * the second. Whole seconds before and after it; ends with the audit, exit code 1 where something
 * is wrong.
 */
const [firstUrl = '', secondUrl = '', command = '', given = '30'] = process.argv.slice(2);
const seconds = Number(given);
if (!URL.canParse(firstUrl) || !URL.canParse(secondUrl) || command === '' || !(seconds > 0)) {
  process.stderr.write('npm run soak -- failover <url> <url> <command that kills> [seconds]\n');
  process.exit(2);
}

const proxy = await openTcpProxy(firstUrl);
const house = await openPointsHouse({
  processes: 2,
  databaseUrl: proxy.url,
  auditUrl: secondUrl,
});
const stop = async () => {
  await house.stop();
  await proxy.close();
};
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void stop().finally(() => process.exit(1)));
}
try {
  const bank = await openBank(house, createRandom(Math.floor(Math.random() * 2 ** 32)));
  const done = new AbortController();
  const work = bank.work(done.signal);
  await sleep(seconds * 1_000);
  const before = bank.history.acknowledged.size;
  execSync(command, { stdio: 'inherit' });
  proxy.leadTo(secondUrl);
  proxy.cutAll();
  await sleep(seconds * 1_000);
  done.abort();
  await work;
  const wrong = await bank.check();
  const { acknowledged, refused, unknown, reads } = bank.history;
  const after = acknowledged.size - before;
  const counts = { before, after, refused: refused.size, unknown: unknown.size, reads };
  process.stdout.write(`${JSON.stringify({ ...counts, wrong: wrong.slice(0, 20) })}\n`);
  process.exitCode = wrong.length === 0 && before > 0 && after > 0 ? 0 : 1;
} finally {
  await stop();
}
