import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { walkAward } from '@ddp/infra/demo/walk-award';
import { walkRating } from '@ddp/infra/demo/walk-rating';
import { walkRedemption } from '@ddp/infra/demo/walk-redemption';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe.each(['mounted', 'split'] as const)('in the topology %s', (topology) => {
  let house: OpenedHouse;

  beforeAll(async () => {
    house = await openHouse({
      ...readTestEngines(),
      topology,
      prefix: drawPrefix(),
      logDir: mkdtempSync(path.join(tmpdir(), 'ddp-journeys-')),
    });
  }, 120_000);

  afterAll(() => house?.stop());

  it('a rating becomes points, a deed waits for the board, and points become a voucher', async () => {
    const lines: string[] = [];
    const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      lines.push(name);
      return work();
    };
    const options = { house, officer: house.officer, areaCode, step };
    const rated = await walkRating(options);
    await walkAward({ ...options, officers: house.officers }, rated);
    await walkRedemption(options, rated.resident);
    expect(lines).toHaveLength(22);
  }, 120_000);
});
