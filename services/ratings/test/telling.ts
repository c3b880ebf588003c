import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type { House } from './house.ts';

export const dayMs = 24 * 3_600_000;

/** As many residents rate at once. */
export async function rateTimes(
  house: House,
  token: string,
  levels: readonly number[],
): Promise<void> {
  await Promise.all(levels.map((level) => house.rate(token, personAs('resident'), { level })));
}

/** Lets a day go by and waits until nothing is left to be told. */
export async function tellAll(house: House): Promise<void> {
  house.clock.advanceMs(dayMs);
  await eventually(async () => {
    const rows = await house.sql(
      'SELECT COUNT(*) AS due FROM ratings_pool WHERE look_at <= ?',
      new Date(house.clock.now()),
    );
    return Number(rows[0]?.due) === 0;
  });
}
