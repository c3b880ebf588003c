import type { Role } from '@ddp/contracts/permission';

export interface PostHeld {
  role: Role | null;
  areaPath: string;
  fromOn: string;
  toOn: string | null;
}

export interface GrantHeld {
  role: Role;
  merchantId: string | null;
  /** The phone that a clerk is bound to. */
  device: string | null;
}

/** Everything a person's authority follows from. */
export interface Holdings {
  homePath: string | null;
  posts: readonly PostHeld[];
  grants: readonly GrantHeld[];
}

export interface SessionState {
  role: Role;
  /** What the session was opened with; a phone alone never gives the authority of staff. */
  method: 'code' | 'password';
  mustChangePassword: boolean;
  /** The mark of the browser that it was opened in. */
  device: string | null;
}

export interface Acting {
  role: Role;
  /** Roles the session may switch to, strongest first. */
  roles: Role[];
  areaPaths: string[];
  merchantId: string | null;
}

const strongestFirst: readonly Role[] = [
  'administrator',
  'city-officer',
  'banner-officer',
  'community-officer',
  'grid-worker',
  'auditor',
  'volunteer-leader',
  'merchant-owner',
  'merchant-clerk',
  'resident',
];

const staffRoles = new Set<Role>(strongestFirst.slice(0, 6));

// As many as a principal may carry.
const mostAreas = 50;

function inForce(posts: readonly PostHeld[], today: string): PostHeld[] {
  return posts.filter((post) => post.fromOn <= today && (post.toOn === null || today <= post.toOn));
}

/** A clerk acts on the phone that is bound and on no other. */
function isUsable(grant: GrantHeld, device: string | null): boolean {
  return grant.role !== 'merchant-clerk' || (device !== null && grant.device === device);
}

/** The roles a person holds on a day, strongest first; `resident` is everybody's. */
export function listRoles(
  holdings: Holdings,
  { method, device }: Pick<SessionState, 'method' | 'device'>,
  today: string,
): Role[] {
  const held = new Set<Role>(['resident']);
  for (const post of inForce(holdings.posts, today)) if (post.role) held.add(post.role);
  for (const grant of holdings.grants) if (isUsable(grant, device)) held.add(grant.role);
  return strongestFirst.filter(
    (role) => held.has(role) && (method === 'password' || !staffRoles.has(role)),
  );
}

/** The subtrees of a role: none lies inside another. */
function areasOf(role: Role, holdings: Holdings, today: string): string[] {
  if (role === 'administrator') return ['/'];
  const home = holdings.homePath === null ? [] : [holdings.homePath];
  if (role === 'resident' || role === 'merchant-owner' || role === 'merchant-clerk') return home;
  const paths = [
    ...new Set(
      inForce(holdings.posts, today)
        .filter((post) => post.role === role)
        .map((post) => post.areaPath),
    ),
  ].sort();
  return paths
    .filter((path) => !paths.some((other) => other !== path && path.startsWith(other)))
    .slice(0, mostAreas);
}

/**
 * What a session may do now. A role that is no longer held falls back to resident at once, and a
 * one-time password gives no authority until it is changed.
 */
export function decideActing(session: SessionState, holdings: Holdings, today: string): Acting {
  const roles = listRoles(holdings, session, today);
  if (session.mustChangePassword) {
    return { role: 'resident', roles, areaPaths: [], merchantId: null };
  }
  const role = roles.includes(session.role) ? session.role : 'resident';
  const grant = holdings.grants.find((one) => one.role === role && isUsable(one, session.device));
  return {
    role,
    roles,
    areaPaths: areasOf(role, holdings, today),
    merchantId: grant?.merchantId ?? null,
  };
}

export interface ProgrammeArea {
  id: string;
  areaPath: string;
}

/** The programme a session belongs to: over the first area of staff, over anybody else's home. */
export function decideProgramme(
  acting: Acting,
  homePath: string | null,
  programmes: readonly ProgrammeArea[],
): string | null {
  const path = staffRoles.has(acting.role) ? acting.areaPaths[0] : homePath;
  return path === undefined || path === null ? null : programmeOver(path, programmes);
}

/** The programme in force over an area: the nearest of those above it. */
export function programmeOver(path: string, programmes: readonly ProgrammeArea[]): string | null {
  const over = programmes.filter((programme) => path.startsWith(programme.areaPath));
  return over.sort((a, b) => b.areaPath.length - a.areaPath.length)[0]?.id ?? null;
}
