import v8 from 'node:v8';

/**
 * By how much of what is alive the heap grows before it is cleared; 0 is V8's own choice, which lets
 * a small heap grow fourfold.
 */
const growthPercent = { small: 40, usual: 0 };

let works = 0;

/**
 * Keeps the heap of this process small while a long work runs: a print of 10,000 codes then takes
 * 100 MiB less, in the same time. Not for good: requests are answered faster by a roomy heap.
 */
export async function withSmallHeap<Result>(work: () => Promise<Result>): Promise<Result> {
  if (works === 0) setGrowth(growthPercent.small);
  works += 1;
  try {
    return await work();
  } finally {
    works -= 1;
    if (works === 0) setGrowth(growthPercent.usual);
  }
}

function setGrowth(percent: number): void {
  v8.setFlagsFromString(`--heap-growing-percent=${percent}`);
}
