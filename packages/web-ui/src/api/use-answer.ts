import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { ask } from './ask.ts';

interface AnswerOptions<R extends RouteDefinition> {
  isWanted?: MaybeRefOrGetter<boolean>;
  /** How soon to ask again, by the last answer; false for not by itself. */
  refreshMs?: (answer: RouteResult<R> | undefined) => number | false;
}

/** One answer of the house, kept until something changes it. */
export function useAnswer<R extends RouteDefinition>(
  route: R,
  input: MaybeRefOrGetter<RouteInput<R>>,
  { isWanted = true, refreshMs = () => false }: AnswerOptions<R> = {},
) {
  return useQuery<RouteResult<R>, Error, RouteResult<R>, readonly unknown[]>({
    queryKey: [route.service, route.name, computed(() => toValue(input))],
    queryFn: ({ signal }) => ask(route, toValue(input), { signal }),
    enabled: () => toValue(isWanted),
    refetchInterval: (query) => refreshMs(query.state.data),
  });
}
