import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
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

  it('a rating becomes points, and points a verified voucher', async () => {
    const lines: string[] = [];
    const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      lines.push(name);
      return work();
    };
    const options = { house, officer: house.officer, areaCode, step };
    const { resident } = await walkRating(options);
    await walkRedemption(options, resident);
    expect(lines).toHaveLength(16);
  }, 120_000);
});
