import type * as z from 'zod';

/** Something that happened in a service, told to others: `ratings.rating-submitted`. */
export interface EventDefinition<S extends z.ZodType = z.ZodType> {
  name: string;
  payload: S;
}

export type PayloadOf<E extends EventDefinition> = z.output<E['payload']>;

export function defineEvent<S extends z.ZodType>(name: string, payload: S): EventDefinition<S> {
  return { name, payload };
}
