import QRCode from 'qrcode';
import { errorCorrectionLevel, quietZoneModules, toSegments } from './matrix.ts';

/**
 * The QR symbol of a text as a PNG, quiet zone included, each module a square of `modulePixels`
 * pixels (default 8). About twenty times dearer than the SVG: for single pictures, not for sheets.
 */
export function renderPng(text: string, options: { modulePixels?: number } = {}): Promise<Buffer> {
  return QRCode.toBuffer(toSegments(text), {
    type: 'png',
    errorCorrectionLevel,
    margin: quietZoneModules,
    scale: options.modulePixels ?? 8,
  });
}
