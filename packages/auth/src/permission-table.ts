import type { Permission, Role } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';

const officers = ['community-officer', 'banner-officer', 'city-officer'] as const;
const staff = ['grid-worker', ...officers, 'auditor', 'administrator'] as const;

/** Which roles hold which permission. `public`, `signed-in` and `service` follow from the kind. */
const holders: Record<Exclude<Permission, 'public' | 'signed-in' | 'service'>, readonly Role[]> = {
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

export type PermissionVerdict = 'allowed' | 'not-signed-in' | 'forbidden';

/** Decides whether a principal holds a permission; which rows it reaches is the scope's business. */
export function decidePermission(permission: Permission, principal: Principal): PermissionVerdict {
  if (permission === 'public') return 'allowed';
  if (permission === 'service') return principal.kind === 'service' ? 'allowed' : 'forbidden';
  if (principal.kind === 'anonymous') return 'not-signed-in';
  if (principal.kind === 'service') return 'forbidden';
  if (permission === 'signed-in') return 'allowed';
  return holders[permission].includes(principal.role) ? 'allowed' : 'forbidden';
}

/** Roles that read or act over an area because of a post. */
export function isStaffRole(role: Role): boolean {
  return (staff as readonly Role[]).includes(role);
}
