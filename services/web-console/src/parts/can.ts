import { permissionHolders } from '@ddp/contracts/permission-holders';
import { me } from '@ddp/web-ui/session/session';
import type { Asked } from '../sections/section.ts';

/** Whether whoever is signed in may call a route in their present post; the house decides again. */
export function can({ permission }: Asked): boolean {
  const role = me.value?.role;
  if (permission === 'public') return true;
  if (permission === 'service' || role === undefined) return false;
  return permission === 'signed-in' || permissionHolders[permission].includes(role);
}
