import { shallowRef } from 'vue';

type Settle = (isSignedIn: boolean) => void;
let waiting: Settle[] = [];

/** Whether something that was asked for waits until somebody signs in. */
export const isSignInAsked = shallowRef(false);

/** Waits until somebody has signed in, or has said that they do not want to. */
export function askToSignIn(): Promise<boolean> {
  isSignInAsked.value = true;
  return new Promise((resolve) => waiting.push(resolve));
}

export function settleSignIn(isSignedIn: boolean): void {
  isSignInAsked.value = false;
  const settled = waiting;
  waiting = [];
  for (const settle of settled) settle(isSignedIn);
}
