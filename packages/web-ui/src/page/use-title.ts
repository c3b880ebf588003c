import { type MaybeRefOrGetter, toValue, watchEffect } from 'vue';

/** The title of the window: WeChat shows it above the page. */
export function useTitle(title: MaybeRefOrGetter<string>): void {
  watchEffect(() => {
    document.title = `${toValue(title)} · 多多评`;
  });
}
