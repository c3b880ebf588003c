import { me } from '@ddp/web-ui/session/session';

/** The area of the caller's own post; the city's for whoever is everywhere. */
export function ownAreaCode(): string | undefined {
  return me.value?.areaPaths[0]?.split('/').filter(Boolean).at(-1);
}
