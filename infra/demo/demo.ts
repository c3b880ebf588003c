import { listAreas } from '@ddp/contracts/directory/routes';
import { createHouseClient } from '@ddp/contracts/house-client';
import { demoOfficer } from '@ddp/contracts/identity/demo-account';
import { signInByPassword } from '@ddp/contracts/identity/routes';
import { createStepper } from './step.ts';
import { walkRating } from './walk-rating.ts';
import { walkRedemption } from './walk-redemption.ts';

const house = {
  url: process.env.DEMO_URL ?? 'http://127.0.0.1:8080',
  smsUrl: process.env.SMS_URL ?? 'http://127.0.0.1:8090',
};
const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const officer = createHouseClient(house.url);
  await officer.call(signInByPassword, { body: demoOfficer });
  const { items } = await officer.call(listAreas, { query: { parentCode: '150603003', limit: 1 } });
  const areaCode = items[0]?.code ?? '150603003';
  const rated = await walkRating({ house, officer, areaCode, step: createStepper('J1', print) });
  const options = { house, officer, areaCode, step: createStepper('J5', print) };
  await walkRedemption(options, rated.resident);
} catch (error) {
  print(JSON.stringify({ ok: false, error: error instanceof Error ? error.message : 'unknown' }));
  process.exitCode = 1;
}
