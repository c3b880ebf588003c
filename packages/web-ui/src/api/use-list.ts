import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue';
import { ask } from './ask.ts';

type Page<R extends RouteDefinition> =
  RouteResult<R> extends infer P extends { items: unknown[]; nextCursor: string | null }
    ? P
    : never;

/** What a screen needs of a list to show how far it is. */
export interface ListState {
  isPending: Ref<boolean>;
  error: Ref<Error | null>;
  hasNextPage: Ref<boolean>;
  isFetchingNextPage: Ref<boolean>;
  refetch(): unknown;
  fetchNextPage(): unknown;
}

/** A list of the house, page after page, in the order in which it comes. */
export function useList<R extends RouteDefinition>(
  route: R,
  input: MaybeRefOrGetter<RouteInput<R>>,
) {
  const list = useInfiniteQuery<
    Page<R>,
    Error,
    InfiniteData<Page<R>>,
    readonly unknown[],
    string | null
  >({
    queryKey: [route.service, route.name, computed(() => toValue(input))],
    initialPageParam: null,
    queryFn: async ({ pageParam, signal }) => {
      const given = toValue(input) as RouteInput<R> & { query?: object };
      const query = { ...given.query, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return (await ask(route, { ...given, query }, { signal })) as unknown as Page<R>;
    },
    getNextPageParam: (page: Page<R>) => page.nextCursor,
  });
  const items = computed(
    () => (list.data.value?.pages.flatMap((page) => page.items) ?? []) as Page<R>['items'],
  );
  return { ...list, items };
}
