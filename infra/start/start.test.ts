import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectAnnouncements, formatAnnouncements } from './announcements.ts';
import { rememberMasterKey } from './master-key.ts';
import { readStartOptions } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'ddp-start-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what npm start is asked for', () => {
  it('brings the demo with the embedded engines only', () => {
    expect(readStartOptions([], {}).demo).toBe(true);
    expect(readStartOptions(['--no-demo'], {}).demo).toBe(false);
    expect(readStartOptions([], { DATABASE_URL: 'mysql://h/d' }).demo).toBe(false);
    expect(readStartOptions(['--demo'], { DATABASE_URL: 'mysql://h/d' }).demo).toBe(true);
    expect(readStartOptions([], { DDP_MODE: 'production' }).demo).toBe(false);
  });

  it('takes the port from PORT, 8080 without it', () => {
    expect(readStartOptions([], {}).port).toBe(8080);
    expect(readStartOptions([], { PORT: '9000' }).port).toBe(9000);
    expect(() => readStartOptions([], { PORT: '70000' })).toThrow('PORT must be');
  });

  it('refuses options it does not know', () => {
    expect(() => readStartOptions(['--spilt'], {})).toThrow('--spilt');
  });
});

describe('the master key', () => {
  it('is drawn once, and only its owner may read it', () => {
    const file = join(folder, 'keys.json');
    const drawn = rememberMasterKey(file);
    expect(Buffer.from(drawn.split(':')[1] ?? '', 'base64')).toHaveLength(32);
    expect(rememberMasterKey(file)).toBe(drawn);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is never replaced when its file is damaged', () => {
    const file = join(folder, 'damaged.json');
    writeFileSync(file, '{"masterKey":');
    expect(() => rememberMasterKey(file)).toThrow('put back a copy');
    expect(readFileSync(file, 'utf8')).toBe('{"masterKey":');
  });
});

describe('what the suite announces', () => {
  it('becomes a table in which Chinese columns line up', () => {
    const { heard, hear } = collectAnnouncements();
    hear('@pages {"pages":[["居民端","http://a/"],["docs","http://b/"]],"accounts":[["x","y"]]}');
    hear('@admin admin s3cret');
    expect(formatAnnouncements(heard, [['短信', 'http://c/']])).toEqual([
      '  居民端  http://a/',
      '  docs    http://b/',
      '  短信    http://c/',
      '',
      '  x  y',
      '',
      '  administrator admin, one-time password s3cret (shown this once)',
    ]);
  });
});
