import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseSettings, readHostConfig, readServicePort, readServiceUrls } from './config.ts';

const key = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const enough = { DDP_MASTER_KEY: key, REDIS_URL: 'redis://localhost' };

function refusalOf(act: () => unknown): string {
  try {
    act();
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the settings of a process', () => {
  it('have defaults for all but the key and Redis', () => {
    expect(readHostConfig(enough)).toMatchObject({
      DATABASE_PREFIX: 'ddp',
      DATABASE_POOL_SIZE: 10,
      DDP_MODE: 'development',
      DDP_ROLE: 'all',
      DDP_INTERVAL_SCALE: 1,
      DDP_HOST: '127.0.0.1',
    });
  });

  it('that are wrong are named, each of them, in one message', () => {
    const message = refusalOf(() =>
      readHostConfig({
        DATABASE_URL: 'postgres://x',
        DATABASE_POOL_SIZE: 'many',
        REDIS_PREFIX: 'No Spaces',
        DDP_MASTER_KEY: 'k1:c2hvcnQ=',
        DDP_MODE: 'fast',
        DDP_INTERVAL_SCALE: '2',
        QUEUE_CONCURRENCY: '0',
      }),
    );
    for (const name of [
      'DATABASE_URL',
      'DATABASE_POOL_SIZE',
      'REDIS_URL',
      'REDIS_PREFIX',
      'DDP_MASTER_KEY',
      'DDP_MODE',
      'DDP_INTERVAL_SCALE',
      'QUEUE_CONCURRENCY',
    ]) {
      expect(message).toContain(`${name}: `);
    }
    expect(message).toMatch(/^settings are wrong: /);
  });

  it('never show a secret when they are wrong', () => {
    const message = refusalOf(() => readHostConfig({ ...enough, DDP_MASTER_KEY: 'k1:c2VjcmV0' }));
    expect(message).toContain('DDP_MASTER_KEY');
    expect(message).not.toContain('c2VjcmV0');
  });

  it('count an empty value as absent', () => {
    expect(readHostConfig({ ...enough, DDP_MODE: '', DATABASE_URL: '' }).DDP_MODE).toBe(
      'development',
    );
    expect(refusalOf(() => readHostConfig({ ...enough, REDIS_URL: '' }))).toContain('REDIS_URL: ');
  });

  it('of a service are read the same way', () => {
    const schema = z.object({ POINTS_HOLD_TTL_SECONDS: z.coerce.number().int().default(600) });
    expect(parseSettings(schema, {})).toEqual({ POINTS_HOLD_TTL_SECONDS: 600 });
    const message = refusalOf(() => parseSettings(schema, { POINTS_HOLD_TTL_SECONDS: 'long' }));
    expect(message).toContain('POINTS_HOLD_TTL_SECONDS: ');
  });
});

describe('where services are', () => {
  it('a port is the one set, else the usual one, and a wrong one is named', () => {
    expect(readServicePort({ POINTS_PORT: '9001' }, 'points', 8085)).toBe(9001);
    expect(readServicePort({ CODES_PORT: '9001' }, 'points', 8085)).toBe(8085);
    expect(readServicePort({ POINTS_PORT: '' }, 'points', 8085)).toBe(8085);
    for (const wrong of ['http', '0', '70000', '80.5']) {
      const message = refusalOf(() => readServicePort({ POINTS_PORT: wrong }, 'points', 8085));
      expect(message).toContain('settings are wrong: POINTS_PORT: ');
    }
  });

  it('a URL is read for each service that has one', () => {
    const urls = readServiceUrls({ POINTS_URL: 'http://points', OTHER_URL: 'http://other' });
    expect(urls.points).toBe('http://points');
    expect(urls.codes).toBeUndefined();
    expect(Object.keys(urls)).not.toContain('other');
  });
});
