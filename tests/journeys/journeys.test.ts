import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { walkAssistance } from '@ddp/infra/demo/walk-assistance';
import { walkAward } from '@ddp/infra/demo/walk-award';
import { walkFollowUp } from '@ddp/infra/demo/walk-follow-up';
import { walkLine } from '@ddp/infra/demo/walk-line';
import { walkRating } from '@ddp/infra/demo/walk-rating';
import { walkRedemption } from '@ddp/infra/demo/walk-redemption';
import { walkSettlement } from '@ddp/infra/demo/walk-settlement';
import { walkVolunteering } from '@ddp/infra/demo/walk-volunteering';
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

  it('ratings become points or are put right, deeds wait for the board, points become vouchers', async () => {
    const lines: string[] = [];
    const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      lines.push(name);
      return work();
    };
    const options = { house, officer: house.officer, areaCode, step };
    const rated = await walkRating(options);
    await walkFollowUp({ ...options, officers: house.officers });
    await walkVolunteering({ ...options, officers: house.officers });
    await walkAward({ ...options, officers: house.officers }, rated);
    const redemption = { ...options, officers: house.officers };
    const shop = await walkRedemption(redemption, rated.resident);
    await walkLine(redemption);
    await walkSettlement(options);
    await walkAssistance({ ...options, shop }, civilDateOf(new Date()));
    expect(lines).toHaveLength(59);
  }, 120_000);
});
