import * as z from 'zod';
import { pictureSchema } from '../pictures.ts';
import { idSchema } from '../primitives.ts';

export const mostPhotos = 3;

export const newPhotoSchema = z.strictObject({ data: pictureSchema });
export const photoSchema = z.object({ id: idSchema });
export const photosSchema = z.object({
  items: z.array(z.object({ id: idSchema, mediaType: z.string(), size: z.number().int() })).max(3),
});
