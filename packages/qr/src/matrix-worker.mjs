// Makes symbols in a thread of its own. Plain JavaScript, because a thread starts from a file as it
// lies there, in the sources as in the build.
import { parentPort } from 'node:worker_threads';
import QRCode from 'qrcode';

parentPort?.on('message', ({ texts, level }) => {
  const symbols = [];
  for (const segments of texts) {
    const { modules } = QRCode.create(segments, { errorCorrectionLevel: level });
    symbols.push({ size: modules.size, modules: modules.data });
  }
  parentPort?.postMessage(
    symbols,
    symbols.map(({ modules }) => modules.buffer),
  );
});
