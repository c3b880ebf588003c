/** The roles a session may act in. */
export const roles = [
  'resident',
  'volunteer-leader',
  'merchant-owner',
  'merchant-clerk',
  'grid-worker',
  'community-officer',
  'banner-officer',
  'city-officer',
  'auditor',
  'administrator',
] as const;

export type Role = (typeof roles)[number];

/**
 * What a route asks of its caller. Who holds which stands in `permission-holders.ts`; `public`
 * asks nothing, `service` is for other services only and never passes the gateway.
 */
export const permissions = [
  'public',
  'signed-in',
  'service',
  'resident',
  'staff',
  'people.register',
  'staff.manage',
  'areas.manage',
  'directory.read',
  'directory.manage',
  'codes.read',
  'codes.issue',
  'follow-ups.read',
  'follow-ups.handle',
  'codes.print',
  'places.open',
  'places.show',
  'ratings.read',
  'ratings.assist',
  'ratings.review',
  'ratings.manage',
  'ratings.words',
  'points.award',
  'points.decide',
  'points.read',
  'rules.manage',
  'rules.read',
  'rewards.manage',
  'rewards.read',
  'rewards.assist',
  'vouchers.verify',
  'merchants.own',
  'merchants.pause',
  'statements.read',
  'volunteering.lead',
  'volunteering.manage',
  'volunteering.read',
  'volunteering.assist',
  'board.manage',
  'walls.manage',
  'operations',
] as const;

export type Permission = (typeof permissions)[number];
