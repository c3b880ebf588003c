import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type CorrectionLevel, createMatrix, type QrMatrix, toSegments } from './matrix.ts';

/** A byte for each module, row by row, as the thread answers. */
interface ThreadSymbol {
  size: number;
  modules: Uint8Array;
}

/** Symbols of one message. */
const groupSize = 96;
/** Messages that wait for the thread while what it made before is being drawn. */
const groupsAhead = 2;
/** A thread takes longer to start than so many symbols take. */
const fewest = 48;

/**
 * The symbols of many texts, in their order: made by another thread while the caller draws those
 * before, so that neither waits for the other and requests are answered meanwhile.
 */
export async function* createMatrices(
  texts: readonly string[],
  level: CorrectionLevel,
): AsyncGenerator<QrMatrix> {
  if (texts.length < fewest) {
    for (const text of texts) yield createMatrix(text, level);
    return;
  }
  const worker = new Worker(new URL('./matrix-worker.mjs', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
  });
  let [sent, made] = [0, 0];
  const send = () => {
    const group = texts.slice(sent, sent + groupSize);
    sent += group.length;
    if (group.length > 0) worker.postMessage({ texts: group.map(toSegments), level });
  };
  try {
    // What fails in the thread, or its running out of memory, is thrown here.
    const answers = on(worker, 'message');
    for (let ahead = 0; ahead < groupsAhead; ahead += 1) send();
    for await (const [symbols] of answers as AsyncIterable<[ThreadSymbol[]]>) {
      send();
      made += symbols.length;
      yield* symbols.map(toMatrix);
      if (made === texts.length) return;
    }
  } finally {
    await worker.terminate();
  }
}

function toMatrix({ size, modules }: ThreadSymbol): QrMatrix {
  return { size, isDark: (row, column) => modules[row * size + column] === 1 };
}
