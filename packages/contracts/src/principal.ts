import * as z from 'zod';
import { roles } from './permission.ts';
import { idSchema, scopePathSchema } from './primitives.ts';

const base = { requestId: z.string().max(64) };

/** Who is asking, as the gateway or a calling service says it to a service. */
export const principalSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('anonymous'),
    deviceId: z.string().max(64).nullable(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('person'),
    personId: idSchema,
    sessionId: idSchema,
    role: z.enum(roles),
    /** Subtrees the role acts in: a resident's home, an officer's posts. */
    areaPaths: z.array(scopePathSchema).max(50),
    /** The programme in force over the person's area, if there is one. */
    programmeId: idSchema.nullable(),
    merchantId: idSchema.nullable(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('service'),
    service: z.string().max(32),
    /** The person on whose behalf the service calls. */
    onBehalfOf: idSchema.nullable(),
  }),
]);

export type Principal = z.output<typeof principalSchema>;
export type PersonPrincipal = Extract<Principal, { kind: 'person' }>;
export type ServicePrincipal = Extract<Principal, { kind: 'service' }>;
