/** Says a line to the person at the terminal, apart from what a command answers on stdout. */
export function say(line: string): void {
  process.stderr.write(`· ${line}\n`);
}

/** Prints a line of a command's answer. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Resolves with the name of the first signal that asks this process to end. */
export function waitForSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => resolve(name));
    }
  });
}
