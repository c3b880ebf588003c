import * as z from 'zod';
import { idSchema, instantSchema } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';

const service = 'identity';
const role = z.enum(['merchant-owner', 'merchant-clerk']);

/** Who acts for a merchant; a merchant has few enough to be told at once. */
const operatorListSchema = z.object({
  items: z
    .array(
      z.object({
        personId: idSchema,
        role,
        maskedName: z.string().nullable(),
        maskedPhone: z.string().nullable(),
        /** When a clerk's phone was bound; null before the first sign-in, and for owners. */
        deviceBoundAt: instantSchema.nullable(),
      }),
    )
    .max(200),
});
const operatorRef = z.strictObject({
  merchantId: idSchema,
  personId: idSchema,
  role: z.literal('merchant-clerk'),
});

export const listOperators = defineRoute({
  service,
  name: 'list-operators',
  method: 'GET',
  path: '/v1/merchant-operators',
  permission: 'service',
  summary: { zh: '商户操作员', en: 'Who acts for a merchant' },
  query: z.strictObject({ merchantId: idSchema }),
  status: 200,
  response: operatorListSchema,
  problems: [commonProblems.forbidden],
});

export const removeOperator = defineRoute({
  service,
  name: 'remove-operator',
  method: 'POST',
  path: '/v1/operator-removals',
  permission: 'service',
  summary: { zh: '移除商户操作员', en: 'Take the right to act for a merchant away' },
  body: operatorRef,
  status: 204,
  problems: [commonProblems.forbidden],
});

export const unbindOperator = defineRoute({
  service,
  name: 'unbind-operator',
  method: 'POST',
  path: '/v1/operator-unbindings',
  permission: 'service',
  summary: { zh: '解绑操作员设备', en: 'Let an operator bind another phone' },
  body: operatorRef,
  status: 204,
  problems: [commonProblems.forbidden],
});
