import * as z from 'zod';
import { roles } from '../permission.ts';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  phoneSchema,
  scopePathSchema,
} from '../primitives.ts';

export const oneTimeCodeSchema = z
  .string()
  .regex(/^[0-9]{6}$/, '6 位数字验证码 · a code of 6 digits');
export const passwordSchema = z.string().min(8).max(128);
export const loginSchema = z.string().regex(/^[a-z][a-z0-9._-]{2,39}$/);

export const codeRequestSchema = z.strictObject({ phone: phoneSchema });
export const codeRequestedSchema = z.object({
  /** Names this request; the code works with it alone. */
  requestId: idSchema,
  expiresAt: instantSchema,
});

/** Signs in; a phone seen for the first time becomes a resident of `areaCode`. */
export const codeSessionSchema = z.strictObject({
  requestId: idSchema,
  phone: phoneSchema,
  code: oneTimeCodeSchema,
  /** Which of the person's roles the session acts in. */
  role: z.enum(['resident', 'merchant']).default('resident'),
  areaCode: areaCodeSchema.optional(),
});
export const passwordSessionSchema = z.strictObject({
  login: loginSchema,
  password: passwordSchema,
});
export const passwordChangeSchema = z.strictObject({
  currentPassword: passwordSchema,
  newPassword: passwordSchema,
});

export const meSchema = z.object({
  personId: idSchema,
  role: z.enum(roles),
  /** Roles the person may switch to. */
  roles: z.array(z.enum(roles)),
  maskedName: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  areaPaths: z.array(scopePathSchema),
  programmeId: idSchema.nullable(),
  merchantId: idSchema.nullable(),
  mustChangePassword: z.boolean(),
});
export const roleSwitchSchema = z.strictObject({ role: z.enum(roles) });

/** A person without a phone of their own is registered by staff at the counter. */
export const newPersonSchema = z.strictObject({
  name: nameSchema,
  phone: phoneSchema.nullable(),
  areaCode: areaCodeSchema,
  /** How the person agreed: `spoken`, `signed` form, or `guardian`. */
  consent: z.enum(['spoken', 'signed', 'guardian']),
});
export const personSchema = z.object({
  id: idSchema,
  maskedName: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  /** Home; null for staff and merchant operators who never signed in as a resident. */
  areaPath: areaPathSchema.nullable(),
});

/** Asked by the one service in which a person names another by their number. */
export const personLookupSchema = z.strictObject({ phone: phoneSchema });

export const newStaffSchema = z.strictObject({ login: loginSchema, name: nameSchema });
export const staffCreatedSchema = z.object({
  personId: idSchema,
  /** Shown once; must be changed at the first sign-in. */
  oneTimePassword: z.string(),
});
export const newOperatorSchema = z.strictObject({
  phone: phoneSchema,
  name: nameSchema,
  merchantId: idSchema,
  role: z.enum(['merchant-owner', 'merchant-clerk']),
});
export const operatorSchema = z.object({ personId: idSchema });

/** Asked by the gateway for each request that carries a session cookie. */
export const sessionLookupSchema = z.strictObject({ token: z.string().max(128) });
export const sessionPrincipalSchema = z.object({
  personId: idSchema,
  sessionId: idSchema,
  role: z.enum(roles),
  areaPaths: z.array(scopePathSchema),
  programmeId: idSchema.nullable(),
  merchantId: idSchema.nullable(),
});

export const contactSchema = z.object({ phone: phoneSchema.nullable() });

/** Null where nobody has registered one, or the person was erased. */
export const fullNameSchema = z.object({ name: z.string().nullable() });

/** Everything the house keeps about the person in identity, in readable form. */
export const personExportSchema = z.object({
  person: z.object({
    id: idSchema,
    name: z.string().nullable(),
    phone: z.string().nullable(),
    areaPath: areaPathSchema.nullable(),
    registeredAt: instantSchema,
  }),
  consents: z.array(z.object({ kind: z.string(), version: z.string(), givenAt: instantSchema })),
  sessions: z.array(z.object({ startedAt: instantSchema, expiresAt: instantSchema })),
});
export const erasureSchema = z.strictObject({ confirm: z.literal('ERASE') });
