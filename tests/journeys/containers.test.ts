import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { walkRating } from '@ddp/infra/demo/walk-rating';
import { walkRedemption } from '@ddp/infra/demo/walk-redemption';
import { startContainers } from '@ddp/infra/test-run/containers';
import { drawPrefix } from '@ddp/testing/config';
import { getContainerRuntimeClient } from 'testcontainers';
import { expect, it } from 'vitest';

async function findObstacle(): Promise<string | null> {
  try {
    await getContainerRuntimeClient();
    return null;
  } catch {
    return 'no container engine answers on this machine';
  }
}

const obstacle = await findObstacle();

it('walks the journeys on databases in containers', { timeout: 300_000 }, async ({ skip }) => {
  skip(obstacle !== null, obstacle ?? '');
  const engines = await startContainers(() => {}).catch((error: unknown) => {
    skip(`the engine answers, and starts nothing: ${String(error)}`);
    throw error;
  });
  try {
    const house = await openHouse({
      ...engines,
      topology: 'mounted',
      prefix: drawPrefix(),
      logDir: mkdtempSync(path.join(tmpdir(), 'ddp-containers-')),
    });
    try {
      const step = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
      const options = { house, officer: house.officer, areaCode, step };
      const { resident } = await walkRating(options);
      await walkRedemption({ ...options, officers: house.officers }, resident);
      expect(house.topology.processes.size).toBe(1);
    } finally {
      await house.stop();
    }
  } finally {
    await engines.stop();
  }
});
