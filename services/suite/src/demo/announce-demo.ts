import { listCodes } from '@ddp/contracts/codes/routes';
import { demoOfficer } from '@ddp/contracts/identity/demo-account';
import type { ModuleContext } from '@ddp/service-kit/module';
import type { House } from '../compose.ts';
import { createActors } from './actor.ts';
import { actAsOfficer } from './seed-demo.ts';

/** The line by which `npm start` learns which pages and accounts the demo has. */
export async function announceDemo(
  { host }: ModuleContext,
  house: House,
  publicUrl: string,
): Promise<string> {
  const officer = actAsOfficer(createActors(house, host), null);
  const codes = await officer.call(listCodes, { query: { limit: 1, state: 'active' } });
  const pages = [
    ['扫码评价页 scan page', codes.items[0]?.url ?? publicUrl],
    ['接口文档 API docs', `${publicUrl}/docs`],
  ];
  const accounts = [['工作人员 officer', `${demoOfficer.login} / ${demoOfficer.password}`]];
  return `@pages ${JSON.stringify({ pages, accounts })}`;
}
