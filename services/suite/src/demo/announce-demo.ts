import { listCodes } from '@ddp/contracts/codes/routes';
import { createHouseClient } from '@ddp/contracts/house-client';
import { signInByPassword } from '@ddp/contracts/identity/routes';
import type { House } from '../compose.ts';
import { demoOfficer } from './seed-demo.ts';

/** The line by which `npm start` learns which pages and accounts the demo has. */
export async function announceDemo(house: House, publicUrl: string): Promise<string> {
  const client = createHouseClient(publicUrl, (request) => house.fetch(request));
  await client.call(signInByPassword, { body: demoOfficer });
  const codes = await client.call(listCodes, { query: { limit: 1, state: 'active' } });
  const pages = [
    ['扫码评价页 scan page', codes.items[0]?.url ?? publicUrl],
    ['接口文档 API docs', `${publicUrl}/docs`],
  ];
  const accounts = [['工作人员 officer', `${demoOfficer.login} / ${demoOfficer.password}`]];
  return `@pages ${JSON.stringify({ pages, accounts })}`;
}
