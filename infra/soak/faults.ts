import { type FaultHouse, openFaultHouse } from '../faults/fault-house.ts';
import { insist, openShop, type Shop } from '../faults/shop.ts';

/**
 * `npm run soak -- faults [minutes]`: redemptions one after another while the suite and the database
 * are killed and Redis is emptied at random moments, with every interval at its default. Ends with
 * the audit; exit code 1 where something is wrong. About thirty-five redemptions are possible.
 */
const minutes = Number(process.argv[2] ?? 10);
if (!(minutes > 0 && minutes <= 24 * 60)) {
  process.stderr.write('npm run soak -- faults [minutes]: a number of minutes up to a day\n');
  process.exit(2);
}
const mostRedemptions = 35;
const quietMs = { least: 5_000, most: 20_000 };

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const key = () => crypto.randomUUID();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function listFaults(house: FaultHouse): [string, () => Promise<unknown>][] {
  const suite = house.topology.processes.get('suite');
  if (!suite) throw new Error('the suite is not a process of its own');
  const { database } = house;
  return [
    ['Redis emptied', () => house.flushAll()],
    ['the suite killed', () => suite.kill9().then(() => suite.restart())],
    ['the database killed', () => database.kill9().then(() => database.restart())],
  ];
}

async function strikeUntil(endsAt: number, house: FaultHouse): Promise<number> {
  const faults = listFaults(house);
  let count = 0;
  for (;;) {
    await sleep(quietMs.least + Math.random() * (quietMs.most - quietMs.least));
    if (Date.now() > endsAt) return count;
    const [name, strike] = faults[Math.floor(Math.random() * faults.length)] ?? [];
    await strike?.();
    count += 1;
    print({ fault: name, at: new Date().toISOString() });
  }
}

async function sellUntil(endsAt: number, shop: Shop): Promise<number> {
  const pauseMs = ((endsAt - Date.now()) / mostRedemptions) * 0.9;
  let count = 0;
  while (Date.now() < endsAt && count < mostRedemptions) {
    const requestKey = key();
    const { id } = await insist(() => shop.redeem(requestKey));
    const code = await shop.codeOf(await shop.voucherOf(id));
    const verifyKey = key();
    await insist(() => shop.verify(code, verifyKey));
    shop.countVerified();
    count += 1;
    await sleep(pauseMs);
  }
  return count;
}

const house = await openFaultHouse('mounted', 1);
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void house.stop().finally(() => process.exit(1)));
}
try {
  const shop = await openShop(house);
  const endsAt = Date.now() + minutes * 60_000;
  const [strikes, sold] = await Promise.all([strikeUntil(endsAt, house), sellUntil(endsAt, shop)]);
  const wrong = [...(await shop.settle()), ...house.audit()];
  print({ strikes, redemptions: sold, wrong });
  process.exitCode = wrong.length === 0 && sold > 0 && strikes > 0 ? 0 : 1;
} finally {
  await house.stop();
}
