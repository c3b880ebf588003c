import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const limitBytes = 50 * 1024 * 1024;

/** A log file that keeps one earlier file beside it, so that a folder of logs stays bounded. */
export interface LogSink {
  file: string;
  write(line: string): void;
  /** The last lines written by this process. */
  tail(): string;
}

/** Opens a log. What an earlier run wrote is set aside as `<file>.1`. */
export function openLog(file: string): LogSink {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const last: string[] = [];
  let size = 0;
  const rotate = () => {
    if (existsSync(file) && statSync(file).size > 0) renameSync(file, `${file}.1`);
    size = 0;
  };
  rotate();
  return {
    file,
    write(line) {
      last.push(line);
      if (last.length > 30) last.shift();
      if (size > limitBytes) rotate();
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
      size += line.length + 1;
    },
    tail: () => last.join('\n'),
  };
}
