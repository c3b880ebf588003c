import decodeQR from 'qr/decode.js';
import sharp from 'sharp';

/** A photo of a page at this size has symbols large enough to be read, and no more to look through. */
const mostPixels = 1_600;
const limitInputPixels = 60_000_000;

/** The text of the QR symbol in a picture (JPEG, PNG, WebP); null where there is none to be read. */
export async function readPicture(bytes: Uint8Array): Promise<string | null> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels })
      .rotate()
      .resize(mostPixels, mostPixels, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return decodeQR({ width: info.width, height: info.height, data: Uint8Array.from(data) });
  } catch {
    // What is no picture, or has no symbol that can be read, is thrown by both alike.
    return null;
  }
}
