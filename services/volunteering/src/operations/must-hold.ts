/** Throws, and so undoes the transaction, when stored rows contradict each other. */
export function mustHold(condition: boolean, what: string): void {
  if (!condition) throw new Error(`this does not hold: ${what}`);
}
