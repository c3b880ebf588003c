import { listCodes } from '@ddp/contracts/codes/routes';
import { demoStaff } from '@ddp/contracts/identity/demo-account';
import type { ModuleContext } from '@ddp/service-kit/module';
import type { House } from '../compose.ts';
import { createActors } from './actor.ts';
import { demoPhone, firstMerchant, firstResident } from './people.ts';
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
    ['居民端 residents’ app', `${publicUrl}/app/`],
    ['商户端 shops’ app', `${publicUrl}/shop/`],
    ['工作台 staff’s desk', `${publicUrl}/desk/`],
    ['扫码评价页 scan page', codes.items[0]?.url ?? publicUrl],
  ];
  const logins = demoStaff.map(({ login }) => login).join('、');
  const accounts = [
    ['工作人员 staff', `${logins} / ${demoStaff[0].password}`],
    ['居民 resident', `${demoPhone(firstResident)}（验证码看短信页 code on the texts page）`],
    ['商户 merchant', `${demoPhone(firstMerchant)}（同上 likewise）`],
  ];
  return `@pages ${JSON.stringify({ pages, accounts })}`;
}
