import { areaMoved } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { CodesDeps } from '../deps.ts';
import { followAreaMove } from '../operations/follow-area-move.ts';

export const onAreaMoved = (deps: CodesDeps) =>
  defineConsumer(areaMoved, (delivery) => followAreaMove(deps, delivery));
