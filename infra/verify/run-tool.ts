import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';

export interface ToolResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a development tool of this tree by its script, looking at the tree in `root`. */
export function runNodeTool(script: string, args: string[], root: string): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(paths.root, 'node_modules', script), ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
