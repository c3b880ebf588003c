import type { AreaMap } from '@ddp/contracts/directory/area-maps';
import { wallMapPath } from '@ddp/contracts/wall/paths';
import { onUnmounted, shallowRef, watch } from 'vue';

type Outlines = AreaMap['map'];

/** A map that is changed is on the walls within the time. */
const everyMs = 10 * 60_000;

async function ask(token: string): Promise<Outlines | null> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(wallMapPath, { headers, cache: 'no-store', credentials: 'omit' });
  if (answer.ok) return (await answer.json()) as Outlines;
  if (answer.status === 404) return null;
  throw new Error(`the map was answered with ${answer.status}`);
}

/** Outlines of the areas; null where none were brought in. */
export function useOutlines(token: () => string, isLive: () => boolean) {
  const outlines = shallowRef<Outlines | null>(null);
  const read = async () => {
    // What is drawn stays while nobody can tell.
    outlines.value = await ask(token()).catch(() => outlines.value);
  };
  watch(isLive, (live) => live && void read(), { immediate: true });
  watch(token, () => void read());
  const timer = setInterval(() => isLive() && void read(), everyMs);
  onUnmounted(() => clearInterval(timer));
  return outlines;
}
