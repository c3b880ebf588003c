import * as z from 'zod';

export const maxPictureBytes = 5 * 1024 * 1024;
/** Base64 makes four characters of three bytes. */
export const maxPictureText = Math.ceil(maxPictureBytes / 3) * 4;

/** A picture, JPEG, PNG or WebP, as base64. */
export const pictureSchema = z
  .string()
  .min(1)
  .max(maxPictureText, '照片不能超过 5 MB · at most 5 MB')
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, '照片须以 base64 提交 · the picture as base64');
