import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from './commands.ts';
import { buildEstate, type Estate } from './estate.ts';
import { openSecurityHouse, type SecurityHouse } from './security-house.ts';

let house: SecurityHouse;
let estate: Estate;
beforeAll(async () => {
  house = await openSecurityHouse();
  estate = await buildEstate(house);
});
afterAll(() => house?.stop());

// The other half of what strangers are refused: the same bodies, sent by whom they belong to.
it.each(commands)('$route.name is taken from whom its body belongs to', async (one) => {
  const { officer, merchantId, programmeId, home } = estate;
  const clerk = personAs('merchant-clerk', { areaPaths: [home], programmeId, merchantId });
  const merchant = { merchantId: estate.settledMerchantId, areaPaths: [] };
  const principals = { officer, clerk, 'settled owner': personAs('merchant-owner', merchant) };
  const principal = principals[one.owner];
  const body = JSON.stringify(one.bodyOf(estate, house.clock.now()));
  const answer = await house.send(one.route, one.route.path, principal, { body });
  expect(answer.status, await answer.clone().text()).toBe(one.route.status);
});
