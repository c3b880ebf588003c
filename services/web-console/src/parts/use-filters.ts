import { computed, reactive, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * Filters of a list, kept in the address, so that a reload, a link and the way back find them again.
 * `query` has those that say something.
 */
export function useFilters<Query extends object>(
  names: readonly (keyof Query & string)[],
  first: Partial<Query> = {},
) {
  const route = useRoute();
  const router = useRouter();
  const given = Object.entries(route.query).filter(([name]) => names.some((one) => one === name));
  const filters = reactive({
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    ...(given.length > 0 ? {} : first),
    ...Object.fromEntries(given),
  }) as Partial<Query>;
  const query = computed(
    () =>
      Object.fromEntries(
        Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''),
      ) as Partial<Query>,
  );
  const { path } = route;
  watch(query, (now) => {
    if (route.path === path) void router.replace({ query: now as Record<string, string> });
  });
  function clear(): void {
    for (const name of names) delete filters[name];
  }
  return { filters, query, clear };
}
