import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  decideMenuItem,
  listMenu,
  listTeamMenu,
  proposeMenuItem,
  setMenuState,
} from '@ddp/contracts/volunteering/menu-routes';
import * as orders from '@ddp/contracts/volunteering/order-routes';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, programmeId } from './house.ts';
import { createMenu, type Menu } from './menu-world.ts';

let house: House;
let menu: Menu;
beforeAll(async () => {
  house = await openHouse();
  menu = createMenu(house);
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const refused = (slug: string) => ({ slug });

describe('the menu', () => {
  it('offers what an officer who did not propose it agreed to', async () => {
    const { leader, team, item, params } = await menu.propose();
    expect(item.state).toBe('proposed');
    const resident = house.newResident();
    const seen = async (by: PersonPrincipal) =>
      (await house.call(listMenu, { query: { limit: 100 } }, by)).items.map(({ id }) => id);
    expect(await seen(resident)).not.toContain(item.id);
    expect(await seen(house.officer)).toContain(item.id);
    const agree = { params, body: { verdict: 'approved' as const } };
    const foreign = house.call(decideMenuItem, agree, house.stranger);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    await house.call(decideMenuItem, agree, house.officer);
    const twice = house.call(decideMenuItem, agree, house.otherOfficer);
    await expect(twice).rejects.toMatchObject(refused('conflict'));
    expect(await seen(resident)).toContain(item.id);
    const far = personAs('resident', { areaPaths: ['/1506/150602/'], programmeId });
    expect(await seen(far)).not.toContain(item.id);
    const own = await house.call(
      proposeMenuItem,
      { body: { teamId: team.id, title: '修家电', minutes: 30 } },
      house.officer,
    );
    const byAuthor = { params: { id: own.id }, body: { verdict: 'approved' as const } };
    const self = house.call(decideMenuItem, byAuthor, house.officer);
    await expect(self).rejects.toMatchObject(refused('own-activity'));
    const no = { verdict: 'refused' as const, reason: '不属于志愿服务' };
    const refusing = { params: { id: own.id }, body: no };
    const answered = await house.call(decideMenuItem, refusing, house.otherOfficer);
    expect(answered).toMatchObject({ state: 'refused', reason: '不属于志愿服务' });
    const all = await house.call(listTeamMenu, { params: { id: team.id } }, leader);
    expect(all.items.map(({ state }) => state)).toEqual(['refused', 'offered']);
  });

  it('pauses, resumes and ends by who leads the team', async () => {
    const { leader, params, item } = await menu.offer();
    const to = (state: 'offered' | 'paused' | 'withdrawn', by = leader) =>
      house.call(setMenuState, { params, body: { state } }, by);
    const outsider = to('paused', await house.newVolunteer());
    await expect(outsider).rejects.toMatchObject(refused('not-found'));
    await to('paused');
    const order = () =>
      house.call(orders.placeOrder, { body: menu.wish(item.id) }, house.newResident());
    await expect(order()).rejects.toMatchObject(refused('service-not-offered'));
    await to('offered');
    expect((await order()).state).toBe('placed');
    await to('withdrawn');
    await expect(to('offered')).rejects.toMatchObject(refused('conflict'));
  });
});
