/**
 * Cuts transfers into chains: each one that is linked stands or falls with the one after it. Returns
 * null when the last is linked to nothing.
 */
export function cutIntoChains<T extends { isLinked: boolean }>(
  transfers: readonly T[],
): T[][] | null {
  const chains: T[][] = [];
  let isOpen = false;
  for (const transfer of transfers) {
    if (isOpen) chains.at(-1)?.push(transfer);
    else chains.push([transfer]);
    isOpen = transfer.isLinked;
  }
  return isOpen ? null : chains;
}
