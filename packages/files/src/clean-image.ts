import sharp from 'sharp';
import { findImageType } from './media-type.ts';

export interface CleanImage {
  bytes: Buffer;
  mediaType: 'image/webp';
}

export interface ImageLimits {
  /** Of what is given. */
  maxBytes: number;
  /** Width and height of what comes out, at the most. */
  maxSide: number;
  /** Bytes of what comes out, at the most, at the price of detail; as many as it takes by default. */
  mostBytes?: number;
}

/** What was given is no picture, or one too large to look at. */
export class ImageRefusedError extends Error {
  override name = 'ImageRefusedError';
}

/** A picture of a few kilobytes can unfold into gigabytes; phones make at most about this. */
const maxPixels = 60_000_000;
const quality = 80;
const poorerQualities = [60, 40, 20];

// One picture at a time on each thread: several in parallel would starve the request loop's machine.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Makes a picture anew from what it shows: turned upright, at most so large, as WebP without any of
 * the data that cameras add (place, time, device). Throws ImageRefusedError on anything else than a
 * whole JPEG, PNG or WebP picture.
 */
export async function cleanImage(bytes: Uint8Array, limits: ImageLimits): Promise<CleanImage> {
  if (bytes.length > limits.maxBytes) throw new ImageRefusedError('the picture has too many bytes');
  if (findImageType(bytes) === null) throw new ImageRefusedError('this is no picture');
  const side = limits.maxSide;
  try {
    const clean = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality })
      .toBuffer();
    return { bytes: await thin(clean, limits), mediaType: 'image/webp' };
  } catch (cause) {
    throw new ImageRefusedError('the picture cannot be read', { cause });
  }
}

async function thin(clean: Buffer, { mostBytes, maxSide }: ImageLimits): Promise<Buffer> {
  if (mostBytes === undefined) return clean;
  let bytes = clean;
  for (const poorer of poorerQualities) {
    if (bytes.length <= mostBytes) return bytes;
    bytes = await sharp(clean).webp({ quality: poorer }).toBuffer();
  }
  for (let side = maxSide; bytes.length > mostBytes && side > 1; side = Math.ceil(side / 2)) {
    const half = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
    bytes = await sharp(clean).resize(half).webp({ quality: 20 }).toBuffer();
  }
  return bytes;
}
