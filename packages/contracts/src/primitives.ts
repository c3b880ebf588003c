import * as z from 'zod';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Lower-case UUID text. */
export const idSchema = z.string().regex(uuidPattern, '小写的 UUID · a lower-case UUID');

/** RFC 3339 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });

/** A day of the calendar in Asia/Shanghai, `YYYY-MM-DD`. */
export const civilDateSchema = z.iso.date();

/** Official code of a division, or the code of a grid under it. */
export const areaCodeSchema = z
  .string()
  .regex(/^[0-9]{4,18}$/, '4 至 18 位数字的区划代码 · a division code of 4 to 18 digits');

/** The codes from the root, `/1506/150603/`. */
export const areaPathSchema = z.string().regex(/^\/([0-9]{4,18}\/){1,6}$/);

/** A subtree a person acts in; `/` is everywhere, for the administrator. */
export const scopePathSchema = z.string().regex(/^\/([0-9]{4,18}\/){0,6}$/);

/** A mainland mobile number of eleven plain digits. */
export const phoneSchema = z
  .string()
  .regex(/^1[3-9][0-9]{9}$/, '11 位手机号 · a mobile number of 11 digits');

/** Name of a person, unit or thing: no control characters, no edge spaces. */
export const nameSchema = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}]+$/u)
  .refine((text) => text === text.trim(), '首尾不能有空格 · no spaces at the edges');

/** Free words of a person. */
export const wordsSchema = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}]*(?:\n[^\p{Cc}]*)*$/u);

/** A positive whole number of the smallest unit, safe in JSON. */
export const amountSchema = z.number().int().positive().max(1_000_000_000);

export const cursorSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_-]+$/);

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursorSchema.optional(),
};

/** The shape of every list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const idParams = z.strictObject({ id: idSchema });
