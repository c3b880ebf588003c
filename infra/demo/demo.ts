import { civilDateOf } from '@ddp/calendar/civil-date';
import { listAreas } from '@ddp/contracts/directory/routes';
import { createHouseClient } from '@ddp/contracts/house-client';
import { demoStaff } from '@ddp/contracts/identity/demo-account';
import { signInByPassword } from '@ddp/contracts/identity/routes';
import { createStepper } from './step.ts';
import { walkAssistance } from './walk-assistance.ts';
import { walkAward } from './walk-award.ts';
import { walkFollowUp } from './walk-follow-up.ts';
import { walkLine } from './walk-line.ts';
import { walkRating } from './walk-rating.ts';
import { walkRedemption } from './walk-redemption.ts';
import { walkSettlement } from './walk-settlement.ts';
import { walkVolunteering } from './walk-volunteering.ts';

const house = {
  url: process.env.DEMO_URL ?? 'http://127.0.0.1:8080',
  smsUrl: process.env.SMS_URL ?? 'http://127.0.0.1:8090',
};
/** What stands in the way, for somebody who has just typed the command. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message === 'fetch failed')
    return `没有系统在 ${house.url} 运行，请先 npm start（the suite is not running）`;
  if (message.includes('wrong-password')) return '此安装没有演示数据（this install has no demo）';
  return message;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const officers = [];
  for (const { login, password } of demoStaff) {
    const client = createHouseClient(house.url);
    await client.call(signInByPassword, { body: { login, password } });
    officers.push(client);
  }
  const [officer] = officers;
  if (!officer) throw new Error('the demo has no staff');
  const { items } = await officer.call(listAreas, { query: { parentCode: '150603003', limit: 1 } });
  const areaCode = items[0]?.code ?? '150603003';
  const rated = await walkRating({ house, officer, areaCode, step: createStepper('J1', print) });
  const options = { house, officer, areaCode };
  await walkFollowUp({ ...options, officers, step: createStepper('J2', print) });
  await walkVolunteering({ ...options, officers, step: createStepper('J3', print) });
  await walkAward({ ...options, officers, step: createStepper('J4', print) }, rated);
  const redemption = { ...options, officers, step: createStepper('J5', print) };
  const shop = await walkRedemption(redemption, rated.resident);
  await walkLine(redemption);
  await walkSettlement({ officer, step: createStepper('J6', print) });
  const assistance = { ...options, shop, step: createStepper('J7', print) };
  await walkAssistance(assistance, civilDateOf(new Date()));
} catch (error) {
  print(JSON.stringify({ ok: false, error: explain(error) }));
  process.exitCode = 1;
}
