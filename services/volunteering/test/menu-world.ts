import type { PersonPrincipal } from '@ddp/contracts/principal';
import { decideMenuItem, proposeMenuItem } from '@ddp/contracts/volunteering/menu-routes';
import * as orders from '@ddp/contracts/volunteering/order-routes';
import { admitMember, applyForMembership } from '@ddp/contracts/volunteering/team-routes';
import type { House } from './house.ts';
import { foundTeam } from './world.ts';

export const hourMs = 3_600_000;

/** Teams with what they offer, and orders that have come so far. */
export function createMenu(house: House) {
  const inHours = (hours: number) =>
    new Date(house.clock.now().getTime() + hours * hourMs).toISOString();

  async function propose(over: { skillId?: string } = {}) {
    const { leader, team } = await foundTeam(house);
    const body = { teamId: team.id, title: '上门理发', minutes: 60, ...over };
    const item = await house.call(proposeMenuItem, { body }, leader);
    return { leader, team, item, params: { id: item.id } };
  }

  async function offer(over: { skillId?: string } = {}) {
    const proposed = await propose(over);
    const { params } = proposed;
    await house.call(decideMenuItem, { params, body: { verdict: 'approved' } }, house.officer);
    return proposed;
  }

  async function admit(
    { team, leader }: Awaited<ReturnType<typeof foundTeam>>,
    person: PersonPrincipal,
  ) {
    const body = { teamId: team.id };
    const { id } = await house.call(applyForMembership, { body }, person);
    await house.call(admitMember, { params: { id } }, leader);
  }

  const wish = (itemId: string, from = 2, until = 6) => ({
    ...{ itemId, place: '3 号楼 2 单元 501', words: '老人行动不便' },
    ...{ wantedFrom: inHours(from), wantedUntil: inHours(until) },
  });

  /** An order that the leader of the team took for in two hours. */
  async function takenOrder() {
    const offered = await offer();
    const resident = house.newResident();
    const order = await house.call(orders.placeOrder, { body: wish(offered.item.id) }, resident);
    const params = { id: order.id };
    const body = { startsAt: inHours(2) };
    const taken = await house.call(orders.takeOrder, { params, body }, offered.leader);
    return { ...offered, resident, order, taken, params };
  }

  /** The same, with the volunteer at the door. */
  async function arrivedOrder() {
    const made = await takenOrder();
    const { params, resident, leader } = made;
    const [mine] = (await house.call(orders.listMyOrders, {}, resident)).items;
    house.clock.advanceMs(2 * hourMs);
    const body = { code: mine?.arrivalCode ?? '' };
    await house.call(orders.arriveAtOrder, { params, body }, leader);
    return made;
  }

  async function finishedOrder(afterMs = 50 * 60_000) {
    const made = await arrivedOrder();
    house.clock.advanceMs(afterMs);
    const { params, leader } = made;
    const finished = await house.call(orders.finishOrder, { params }, leader);
    return { ...made, finished };
  }

  return { inHours, propose, offer, admit, wish, takenOrder, arrivedOrder, finishedOrder };
}

export type Menu = ReturnType<typeof createMenu>;
