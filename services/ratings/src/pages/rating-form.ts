import { randomUUID } from 'node:crypto';
import { idSchema } from '@ddp/contracts/primitives';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { maxFormBytes } from '@ddp/contracts/ratings/pages';
import { levelSchema } from '@ddp/contracts/ratings/question-schemas';
import { newRatingSchema } from '@ddp/contracts/ratings/schemas';
import { limitBody } from '@ddp/service-kit/body-limit';
import type { HonoRequest, MiddlewareHandler } from 'hono';
import * as z from 'zod';

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** The form as a browser sends it; whatever is wrong in it comes back as a page, with what was typed. */
const formSchema = z.object({
  key: idSchema.catch(() => randomUUID()),
  version: z.coerce.number().int().min(0).optional().catch(undefined),
  level: z.coerce.number().pipe(levelSchema).optional().catch(undefined),
  reasons: list.pipe(newRatingSchema.shape.reasons.unwrap()).catch([]),
  words: z
    .string()
    .transform((words) => words.replaceAll('\r\n', '\n').trim())
    .catch(''),
  /** Of whom the page was shown to; a form that is made by hand has none. */
  mark: z.string().max(32).optional().catch(undefined),
  named: z.literal('1').optional().catch(undefined),
});

export const formWordsSchema = newRatingSchema.shape.words.unwrap();

export interface SentForm extends z.output<typeof formSchema> {
  photos: File[];
}

const isPlain = (type: string) => type.startsWith('application/x-www-form-urlencoded');
const isMultipart = (type: string) => type.startsWith('multipart/form-data');

const plainLimit = limitBody(16 * 1_024);
const photoLimit = limitBody(maxFormBytes);

/** Much only where photos may come. */
export const limitForm: MiddlewareHandler = (context, next) => {
  const type = context.req.header('content-type') ?? '';
  return isMultipart(type) ? photoLimit(context, next) : plainLimit(context, next);
};

export async function readForm(request: HonoRequest): Promise<Record<string, unknown>> {
  const type = request.header('content-type') ?? '';
  if (!isPlain(type) && !isMultipart(type)) throw new Problem(commonProblems.unsupportedMediaType);
  return request.parseBody({ all: true });
}

/** A browser sends an empty file where none was chosen. */
export async function readRatingForm(request: HonoRequest): Promise<SentForm> {
  const form = await readForm(request);
  const photos = [form.photos ?? []].flat().filter((one) => one instanceof File && one.size > 0);
  return { ...formSchema.parse(form), photos: photos as File[] };
}
