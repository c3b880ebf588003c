import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { paths } from './paths.mjs';

/** The environment of children: our pnpm first on PATH (turbo looks it up there), no telemetry. */
export function toolEnvironment(extra = {}) {
  // `npm --silent` would silence pnpm as well, and with it what has to be said on a failure.
  const { npm_config_loglevel: _loglevel, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: `${join(paths.tools, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    CI: process.env.CI ?? 'true',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    ...extra,
  };
}

/** Runs a program to its end without a terminal; answers its exit code and all it printed. */
export function runQuietly(program, args, { cwd = paths.root, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: toolEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
