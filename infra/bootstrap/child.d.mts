export function toolEnvironment(extra?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export function runQuietly(
  program: string,
  args: string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<{ code: number; output: string }>;
