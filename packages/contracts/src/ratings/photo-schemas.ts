import * as z from 'zod';
import { idSchema } from '../primitives.ts';

export const mostPhotos = 3;
export const maxPhotoBytes = 5 * 1024 * 1024;
/** Base64 makes four characters of three bytes. */
export const maxPhotoText = Math.ceil(maxPhotoBytes / 3) * 4;

export const newPhotoSchema = z.strictObject({
  /** The picture, JPEG, PNG or WebP, as base64. */
  data: z
    .string()
    .min(1)
    .max(maxPhotoText, '照片不能超过 5 MB · at most 5 MB')
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, '照片须以 base64 提交 · the picture as base64'),
});
export const photoSchema = z.object({ id: idSchema });
export const photosSchema = z.object({
  items: z.array(z.object({ id: idSchema, mediaType: z.string(), size: z.number().int() })).max(3),
});
