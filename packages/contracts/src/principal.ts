import * as z from 'zod';
import { roles } from './permission.ts';
import { idSchema, scopePathSchema } from './primitives.ts';

/** A day's mark of the network that a request came from, never its address. */
const networkSchema = z.string().max(64).nullable().optional();

const base = { requestId: z.string().max(64) };

/** Who is asking, as the gateway or a calling service says it to a service. */
export const principalSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('anonymous'),
    deviceId: z.string().max(64).nullable(),
    network: networkSchema,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('person'),
    /** The browser's mark, where it keeps one and the request came from a page. */
    deviceId: z.string().max(64).nullable().optional(),
    network: networkSchema,
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
