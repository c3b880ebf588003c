import { PNG } from 'pngjs';
import { decodeQR } from 'qr/decode.js';

/** Reads the QR of a PNG picture. Throws when there is none. */
export function decodePng(png: Uint8Array): string {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  return decodeQR({ width, height, data });
}
