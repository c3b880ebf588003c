import { v4 } from 'uuid';

/** A new name for a command or a record; also where the page has no secure origin. */
export const newKey = (): string => v4();
