import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { idSchema } from '../primitives.ts';

/** The person's key is destroyed; every service drops what points at the person by more than an id. */
export const personErased = defineEvent(
  'identity.person-erased',
  z.strictObject({ personId: idSchema }),
);
