import { CallProblem } from '@ddp/contracts/call';
import { readMe, signOut } from '@ddp/contracts/identity/routes';
import type { RouteResult } from '@ddp/contracts/route';
import { shallowRef } from 'vue';
import { ask } from '../api/ask.ts';

type Me = RouteResult<typeof readMe>;

/** Who is signed in: undefined until it is known, null for nobody. */
export const me = shallowRef<Me | null>();

/** Asks who is signed in. Throws where the network gives no answer. */
export async function loadMe(): Promise<void> {
  try {
    me.value = await ask(readMe, {}, { isGuest: true });
  } catch (error) {
    if (!(error instanceof CallProblem) || error.document.status !== 401) throw error;
    me.value = null;
  }
}

export async function leaveSession(): Promise<void> {
  await ask(signOut, {}, { isGuest: true });
  me.value = null;
}
