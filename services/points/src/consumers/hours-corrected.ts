import { hoursCorrected } from '@ddp/contracts/volunteering/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { correctHours } from '../operations/award-hours.ts';

export const onHoursCorrected = (deps: PointsDeps) =>
  defineConsumer(hoursCorrected, async (delivery) => {
    await correctHours(deps, delivery);
  });
