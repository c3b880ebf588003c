import { checkFlood, floodPoints } from '../faults/flood.ts';
import { openPointsHouse } from '../faults/points-house.ts';

/**
 * `npm run soak -- load [minutes]`: for minutes on end, ten times the transfers that a points
 * process can write when it commits each alone. What it cannot take it refuses with a time to come
 * back, its memory stays where it was, and it serves as before when the flood is over.
 */
const minutes = Number(process.argv[2] ?? 2);
if (!(minutes > 0 && minutes <= 24 * 60)) {
  process.stderr.write('npm run soak -- load [minutes]: a number of minutes up to a day\n');
  process.exit(2);
}
/** About three hundred a second are written by commits of one transfer each. */
const perSecond = 3_000;
const mostGrowthMib = 150;

const house = await openPointsHouse({
  processes: 1,
  settings: { LEDGER_GROUP_MAX: '1', LEDGER_QUEUE_MAX: '500' },
});
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void house.stop().finally(() => process.exit(1)));
}
try {
  const history = await floodPoints(house, { perSecond, seconds: minutes * 60 });
  const wrong = await checkFlood(house, history);
  const { sent, acknowledged, busy, residentMib } = history;
  if (residentMib.most - residentMib.before > mostGrowthMib) wrong.push('memory grew too much');
  process.stdout.write(
    `${JSON.stringify({ sent, acknowledged: acknowledged.size, busy, residentMib, wrong: wrong.slice(0, 20) })}\n`,
  );
  process.exitCode = wrong.length === 0 && busy > 0 && acknowledged.size > 0 ? 0 : 1;
} finally {
  await house.stop();
}
