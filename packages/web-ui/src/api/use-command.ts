import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { shallowRef } from 'vue';
import { ask } from './ask.ts';
import { newKey } from './new-key.ts';
import { type ProblemWords, wordsOf } from './problem-words.ts';

/**
 * A command of a form. What failed without an answer is sent again under the same key as long as the
 * form says the same, so that it happens once; other words are another command.
 */
export function useCommand<R extends RouteDefinition>(route: R) {
  const isBusy = shallowRef(false);
  const problem = shallowRef<ProblemWords | null>(null);
  let sent: { words: string; key: string } | null = null;

  /** The answer, or undefined when it failed; `problem` then says why. */
  async function send(input: RouteInput<R>): Promise<{ answer: RouteResult<R> } | undefined> {
    if (isBusy.value) return undefined;
    const words = JSON.stringify(input);
    if (sent?.words !== words) sent = { words, key: newKey() };
    isBusy.value = true;
    problem.value = null;
    try {
      const answer = await ask(route, input, { key: sent.key });
      sent = null;
      return { answer };
    } catch (error) {
      problem.value = wordsOf(error);
      return undefined;
    } finally {
      isBusy.value = false;
    }
  }
  return { send, isBusy, problem };
}
