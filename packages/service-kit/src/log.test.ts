import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

/** What a log wrote, one object for each line. */
function openCapture() {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  return { log, text: () => lines.join(''), read: () => lines.map((line) => JSON.parse(line)) };
}

const marked = '张三 13912345678';

/** An error as the database's driver makes it, with all that it hangs on to it. */
const driverError = Object.assign(new Error("Duplicate entry … for key 'login'"), {
  code: 'ER_DUP_ENTRY',
  errno: 1062,
  sqlState: '23000',
  sql: `INSERT INTO person VALUES ('${marked}')`,
  sqlMessage: `Duplicate entry '${marked}' for key 'login'`,
  phase: 'body',
  parameters: [marked],
});

describe('an error in the log', () => {
  it('is told by its type, words, codes, phase and stack, and by nothing that hung on to it', () => {
    const { log, text, read } = openCapture();
    log.error({ err: driverError }, 'a request failed');
    log.error(driverError);
    expect(text()).not.toContain('张三');
    expect(text()).not.toContain('13912345678');
    for (const { err } of read()) {
      expect(err).toEqual({
        type: 'Error',
        message: "Duplicate entry … for key 'login'",
        errorCode: 'ER_DUP_ENTRY',
        errno: 1062,
        phase: 'body',
        stack: expect.stringContaining('log.test.ts'),
      });
    }
  });

  it('is told with its cause in the same way', () => {
    const { log, text, read } = openCapture();
    const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', sql: marked });
    log.error({ err: new TypeError('fetch failed', { cause: away }) }, 'failed');
    expect(text()).not.toContain('张三');
    expect(read()[0].err).toMatchObject({
      type: 'TypeError',
      message: 'fetch failed',
      cause: { type: 'Error', errorCode: 'ECONNREFUSED' },
    });
  });

  it('may be anything that was thrown, and its own cause', () => {
    const { log, read } = openCapture();
    const ring = new Error('ring');
    ring.cause = ring;
    for (const err of ['text', undefined, ring]) log.error({ err }, 'failed');
    expect(read()).toHaveLength(3);
    expect(read()[0].err).toEqual({ type: 'string', message: 'text' });
  });
});

it('strikes out what is secret or personal, wherever it stands', () => {
  const { log, text } = openCapture();
  const secret = { phone: 'p-1', name: 'n-1', token: 't-1', secret: 's-1', password: 'w-1' };
  log.info({ ...secret, code: 'c-1', cookie: 'k-1', one: secret, two: { deep: secret } }, 'said');
  for (const value of Object.values({ ...secret, code: 'c-1', cookie: 'k-1' })) {
    expect(text()).not.toContain(value);
  }
});
