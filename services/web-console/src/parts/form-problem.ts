import type { ProblemWords } from '@ddp/web-ui/api/problem-words';
import { computed, type InjectionKey, inject, provide, type Ref } from 'vue';

const key: InjectionKey<Ref<ProblemWords | null>> = Symbol('problem of the form');

/** Lets the fields below show what the house says of them. */
export function provideProblem(problem: Ref<ProblemWords | null>): void {
  provide(key, problem);
}

/** What the house says of the field of this name, empty for nothing. */
export function useMistake(name: () => string) {
  const problem = inject(key, null);
  return computed(() => problem?.value?.fields[name()] ?? '');
}
