import { type Reactive, reactive } from 'vue';

/**
 * What is typed in the dialogs of a list. It stays when the same one is opened again; what was typed
 * about one row is never in the dialog of another.
 */
export function useTyped<T extends object>(initial: () => T) {
  const typed: Reactive<T> = reactive(initial());
  let about = '';
  function forget(): void {
    Object.assign(typed, initial());
  }
  function begin(id: string): void {
    if (id !== about) forget();
    about = id;
  }
  return { typed, begin, forget };
}
