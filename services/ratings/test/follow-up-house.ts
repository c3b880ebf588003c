import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { postChanged } from '@ddp/contracts/directory/events';
import type { Post } from '@ddp/contracts/directory/schemas';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import * as appeals from '@ddp/contracts/ratings/appeal-routes';
import * as followUps from '@ddp/contracts/ratings/follow-up-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type { FollowUpOutcome } from '../src/domain/follow-up.ts';
import { type House, openHouse } from './house.ts';

export const city = '/1506/';
export const banner = '/1506/150603/';
export const township = '/1506/150603/150603003/';
export const community = '/1506/150603/150603003/150603003001/';
const grid = `${community}15060300300101/`;

/** Each step of a follow-up in short. */
function stepsIn(house: House) {
  return {
    read: (id: string, by: PersonPrincipal) =>
      house.call(followUps.readFollowUp, { params: { id } }, by),
    accept: (id: string, by: PersonPrincipal, key = newId()) =>
      house.call(followUps.acceptFollowUp, { params: { id } }, by, key),
    contact: (id: string, by: PersonPrincipal, words = '已电话说明') =>
      house.call(followUps.contactRater, { params: { id }, body: { way: 'phone', words } }, by),
    extend: (id: string, by: PersonPrincipal, reason = '配件要等厂家') =>
      house.call(followUps.extendFollowUp, { params: { id }, body: { reason } }, by),
    transfer: (id: string, by: PersonPrincipal, to: PersonPrincipal) =>
      house.call(
        followUps.transferFollowUp,
        { params: { id }, body: { toPersonId: to.personId, reason: '由分管同志办理' } },
        by,
      ),
    resolve: (
      id: string,
      by: PersonPrincipal,
      outcome: Exclude<FollowUpOutcome, 'withdrawn'> = 'fixed',
    ) => {
      const words = '路灯已修好，已回访';
      const body =
        outcome === 'not-ours' ? { outcome, words, passedTo: '市供电局' } : { outcome, words };
      return house.call(followUps.resolveFollowUp, { params: { id }, body }, by);
    },
    appeal: (ref: string, by: PersonPrincipal) =>
      house.call(
        appeals.appealRating,
        { params: { ref }, body: { text: '当天我不在岗，有考勤为证' } },
        by,
      ),
  };
}

/** Ratings at work, with short ways to bad ratings and what they lead to. */
export async function openFollowUpHouse(startAt: Date) {
  const house = await openHouse({}, { startAt });
  const officerOver = (areaPath: string, role: PersonPrincipal['role'] = 'community-officer') =>
    personAs(role, { areaPaths: [areaPath], programmeId: house.programmeId });
  return {
    ...house,
    officerOver,
    /** Gives an officer a post and waits until the ratings service knows it. */
    async givePost(officer: PersonPrincipal, fields: Partial<Post> = {}) {
      const [areaPath = city] = officer.areaPaths;
      const role = officer.role as Post['role'];
      const post = house.addPost(officer.personId, null, { role, areaPath, ...fields });
      await house.tell(postChanged, { postId: post.id }, 'directory');
      await eventually(async () => {
        const known = 'SELECT 1 FROM ratings_post_card WHERE post_id = UNHEX(?)';
        return (await house.sql(known, post.id.replaceAll('-', ''))).length === 1;
      });
    },
    /** A bad rating of a new subject in a grid, and the follow-up it opened. */
    async openFollowUp(
      fields: Partial<ResolvedScan> = {},
      rater: Principal = personAs('resident'),
    ) {
      const token = house.addCode({ areaPath: grid, ...fields });
      const rating = await house.rate(token, rater, { level: 1 });
      const { items } = await house.call(
        followUps.listFollowUps,
        { query: { subjectId: rating.subjectId } },
        officerOver(city, 'city-officer'),
      );
      const [followUp] = items;
      if (!followUp) throw new Error('a bad rating opened nothing');
      return { followUp, rating, rater, token };
    },
    /** The history in short, as the city's officers see it. */
    async stepsOf(id: string): Promise<string[]> {
      const top = officerOver(city, 'city-officer');
      const { steps } = await house.call(followUps.readFollowUp, { params: { id } }, top);
      return steps.map(({ step, code }) => (code === null ? step : `${step}:${code}`));
    },
    ...stepsIn(house),
  };
}

export type FollowUpHouse = Awaited<ReturnType<typeof openFollowUpHouse>>;
