import type { InjectionKey } from 'vue';

/** Some figures are read once a minute; what is older than this was not to be had. */
export const oldAfterMs = 150_000;

/** Whether figures of a time are old by now; by the clock of the house, whatever this device thinks. */
export const ageKey: InjectionKey<(at: string) => boolean> = Symbol('age');
