import type { Permission, Role } from './permission.ts';

const officers = ['community-officer', 'banner-officer', 'city-officer'] as const;
const staff = ['grid-worker', ...officers, 'auditor', 'administrator'] as const;

/** Which roles hold which permission. `public`, `signed-in` and `service` follow from the kind. */
export const permissionHolders: Record<
  Exclude<Permission, 'public' | 'signed-in' | 'service'>,
  readonly Role[]
> = {
  resident: ['resident', 'volunteer-leader'],
  staff,
  'people.register': ['grid-worker', ...officers],
  'staff.manage': ['administrator'],
  'areas.manage': ['administrator'],
  'directory.read': staff,
  'directory.manage': [...officers, 'administrator'],
  'codes.read': staff,
  'codes.issue': officers,
  'follow-ups.read': ['grid-worker', ...officers, 'auditor'],
  'follow-ups.handle': officers,
  'codes.print': ['grid-worker', ...officers],
  'places.open': ['grid-worker', ...officers],
  'places.show': ['volunteer-leader', ...staff],
  'ratings.read': staff,
  'ratings.assist': ['grid-worker', ...officers],
  'ratings.review': officers,
  'ratings.manage': ['banner-officer', 'city-officer'],
  'ratings.words': ['administrator'],
  'points.award': ['grid-worker', ...officers],
  'points.decide': officers,
  'points.read': staff,
  'rules.manage': ['banner-officer', 'city-officer'],
  'rules.read': staff,
  'rewards.manage': officers,
  'rewards.read': staff,
  'rewards.assist': ['grid-worker', ...officers],
  'vouchers.verify': ['merchant-owner', 'merchant-clerk'],
  'merchants.own': ['merchant-owner'],
  'merchants.pause': [...officers, 'merchant-owner'],
  'statements.read': ['merchant-owner', ...staff],
  'volunteering.lead': ['resident', 'volunteer-leader', 'grid-worker', ...officers],
  'volunteering.manage': officers,
  'volunteering.read': staff,
  'volunteering.assist': ['grid-worker', ...officers],
  'board.manage': officers,
  'walls.manage': officers,
  operations: ['administrator'],
};
