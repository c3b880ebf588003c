import QRCode from 'qrcode';

/** A QR symbol without its quiet zone. */
export interface QrMatrix {
  /** Modules on each side. */
  size: number;
  /** Whether the module is dark; rows and columns count from the top left, from 0. */
  isDark(row: number, column: number): boolean;
}

/** Modules of white that ISO/IEC 18004 asks for on every side. */
export const quietZoneModules = 4;

/** Level Q: a quarter of the symbol may be dirty or torn, which codes on walls will be. */
export const errorCorrectionLevel = 'Q';

/** How much of a symbol may be lost: a quarter at Q, three tenths at H. */
export type CorrectionLevel = 'Q' | 'H';

/** The QR symbol of a text at a level, Q unless given, in the smallest version that holds it. */
export function createMatrix(
  text: string,
  level: CorrectionLevel = errorCorrectionLevel,
): QrMatrix {
  const { modules } = QRCode.create(toSegments(text), { errorCorrectionLevel: level });
  return {
    size: modules.size,
    isDark: (row, column) => modules.get(row, column) !== 0,
  };
}

/**
 * The text as one run of bytes. Addresses gain nothing from a mixture of modes, and looking for the
 * best one costs a seventh of a symbol.
 */
export function toSegments(text: string): QRCode.QRCodeSegment[] {
  return [{ data: new TextEncoder().encode(text), mode: 'byte' }];
}
