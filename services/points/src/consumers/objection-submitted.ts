import { objectionSubmitted } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { noteObjection } from '../operations/follow-entry.ts';

export const onObjectionSubmitted = (deps: PointsDeps) =>
  defineConsumer(objectionSubmitted, (delivery) => noteObjection(deps, delivery));
