import type { Chain } from './transfer.ts';

/**
 * Cuts a long request into batches of at most `maxTransfers`, in order, so that no transaction holds
 * its locks for long. A chain is never cut; one longer than the limit is a batch of its own.
 */
export function cutIntoBlocks(chains: readonly Chain[], maxTransfers = 1_000): Chain[][] {
  const blocks: Chain[][] = [];
  let block: Chain[] = [];
  let size = 0;
  for (const chain of chains) {
    if (size > 0 && size + chain.length > maxTransfers) {
      blocks.push(block);
      block = [];
      size = 0;
    }
    block.push(chain);
    size += chain.length;
  }
  if (size > 0) blocks.push(block);
  return blocks;
}
