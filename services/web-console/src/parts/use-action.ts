import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import type { ProblemWords } from '@ddp/web-ui/api/problem-words';
import { useCommand } from '@ddp/web-ui/api/use-command';
import { type Ref, ref } from 'vue';

/** What an `ActionDialog` shows of a command that is given in it. */
export interface DialogState {
  isOpen: Ref<boolean>;
  isBusy: Ref<boolean>;
  problem: Ref<ProblemWords | null>;
}

/** A command that is given in a dialog, which closes when it was carried out. */
export function useAction<R extends RouteDefinition>(
  route: R,
  done: (answer: RouteResult<R>) => unknown,
) {
  const { send, isBusy, problem } = useCommand(route);
  const isOpen = ref(false);

  function open(): void {
    problem.value = null;
    isOpen.value = true;
  }
  async function run(input: RouteInput<R>): Promise<void> {
    const sent = await send(input);
    if (!sent) return;
    isOpen.value = false;
    await done(sent.answer);
  }
  return { route, isOpen, isBusy, problem, open, run };
}
