import type { Permission, Role } from '@ddp/contracts/permission';
import { permissionHolders } from '@ddp/contracts/permission-holders';
import type { Principal } from '@ddp/contracts/principal';

export type PermissionVerdict = 'allowed' | 'not-signed-in' | 'forbidden';

/** Decides whether a principal holds a permission; which rows it reaches is the scope's business. */
export function decidePermission(permission: Permission, principal: Principal): PermissionVerdict {
  if (permission === 'public') return 'allowed';
  if (permission === 'service') return principal.kind === 'service' ? 'allowed' : 'forbidden';
  if (principal.kind === 'anonymous') return 'not-signed-in';
  if (principal.kind === 'service') return 'forbidden';
  if (permission === 'signed-in') return 'allowed';
  return permissionHolders[permission].includes(principal.role) ? 'allowed' : 'forbidden';
}

/** Roles that read or act over an area because of a post. */
export function isStaffRole(role: Role): boolean {
  return permissionHolders.staff.includes(role);
}
