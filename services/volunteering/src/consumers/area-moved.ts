import { areaMoved } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { followAreaMove } from '../operations/follow-area-move.ts';

export const onAreaMoved = (deps: VolunteeringDeps) =>
  defineConsumer(areaMoved, (delivery) => followAreaMove(deps, delivery));
