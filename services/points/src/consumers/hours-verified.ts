import { hoursVerified } from '@ddp/contracts/volunteering/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { awardHours } from '../operations/award-hours.ts';

export const onHoursVerified = (deps: PointsDeps) =>
  defineConsumer(hoursVerified, async (delivery) => {
    await awardHours(deps, delivery);
  });
