import { randomUUID } from 'node:crypto';
import { addDays, type CivilDate } from '@ddp/calendar/civil-date';
import { createSigner, personAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';

export interface ShiftListsConfig {
  masterKey: string;
  home: string;
  programmeId: string;
  list: keyof typeof lists;
  /** Some of those that were loaded. */
  personIds: string[];
  teamIds: string[];
  activityIds: string[];
  skillIds: string[];
  /** Days on which shifts are still to come, and days that are over. */
  comingOn: string[];
  months: string[];
  pastOn: CivilDate[];
  /** So many days that an export has as many rows, however many shifts there are. */
  exportDays: number;
}

const oneOf = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;
const community = (home: string) => `${home}${150_603_001 + Math.floor(Math.random() * 20)}/`;

type Ask = { path: string; by: 'officer' | 'community' | 'volunteer'; body?: object };
const get = (path: string, by: Ask['by'] = 'officer'): Ask => ({ path, by });

/** One list of each kind; of a banner's officer unless it is said. */
const lists = {
  activities: () =>
    get(oneOf(['', '?state=published', '?state=submitted']).replace(/^/, '/v1/activities')),
  'activities.area': () => get('/v1/activities?state=published', 'community'),
  'activities.team': ({ teamIds }: ShiftListsConfig) =>
    get(`/v1/teams/${oneOf(teamIds)}/activities`),
  activity: ({ activityIds }: ShiftListsConfig) => get(`/v1/activities/${oneOf(activityIds)}`),
  shifts: () => get('/v1/shifts', 'volunteer'),
  'shifts.date': ({ comingOn }: ShiftListsConfig) =>
    get(`/v1/shifts?on=${oneOf(comingOn)}`, 'volunteer'),
  'shifts.area': () => get(`/v1/shifts?areaCode=${community('').slice(0, -1)}`, 'volunteer'),
  'shifts.skill': ({ skillIds }: ShiftListsConfig) =>
    get(`/v1/shifts?skillId=${oneOf(skillIds)}`, 'volunteer'),
  'my.sign-ups': () => get('/v1/me/sign-ups', 'volunteer'),
  'my.hours': () => get('/v1/me/hours', 'volunteer'),
  hours: () => get(oneOf(['/v1/hours', '/v1/hours?kind=verified'])),
  'hours.area': () => get('/v1/hours', 'community'),
  orders: () => get(oneOf(['/v1/orders', '/v1/orders?state=expired'])),
  reviews: () => get(oneOf(['/v1/reviews', '/v1/reviews?openOnly=true'])),
  'reviews.area': () => get('/v1/reviews?openOnly=true', 'community'),
  statistics: ({ months }: ShiftListsConfig) =>
    get(`/v1/statistics?areaCode=150603&period=${oneOf(months)}`),
  export: ({ pastOn, exportDays }: ShiftListsConfig): Ask => {
    const from = oneOf(pastOn);
    const to = addDays(from, exportDays - 1);
    return { path: '/v1/hour-tables', by: 'community', body: { from, to } };
  },
};
export const shiftListNames = Object.keys(lists) as (keyof typeof lists)[];

/** Each request is the first page of one list, for somebody else each time. */
export function createTraffic(config: ShiftListsConfig): () => LoadRequest {
  const { masterKey, home, programmeId, personIds } = config;
  const sign = createSigner(masterKey, 'volunteering');
  const signers = {
    officer: () => sign(personAs('banner-officer', { areaPath: home, programmeId })),
    community: () =>
      sign(personAs('community-officer', { areaPath: community(home), programmeId })),
    volunteer: () => {
      const personId = oneOf(personIds);
      return sign(personAs('resident', { areaPath: home, programmeId, personId }));
    },
  };
  return () => {
    const { path, by, body } = lists[config.list](config);
    const headers = signers[by]();
    if (body === undefined) return { path, headers };
    return {
      ...{ path, method: 'POST' as const, body: JSON.stringify(body) },
      headers: {
        ...headers,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
    };
  };
}
