import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { QrReader } from './read-frame.ts';

/** From our own origin: by itself it would load from a foreign one. */
const overrides = { locateFile: (file: string) => (file.endsWith('.wasm') ? wasmUrl : file) };

/** zxing as WebAssembly, loaded once: later it is there without a network too. */
export async function openZxingReader(): Promise<QrReader> {
  await prepareZXingModule({ overrides, fireImmediately: true });
  return async (frame) => {
    const context = frame.getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    const picture = context.getImageData(0, 0, frame.width, frame.height);
    const [first] = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
    return first?.text ?? null;
  };
}
