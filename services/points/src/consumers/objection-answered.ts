import { objectionAnswered } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { noteAnswer } from '../operations/follow-entry.ts';

export const onObjectionAnswered = (deps: PointsDeps) =>
  defineConsumer(objectionAnswered, (delivery) => noteAnswer(deps, delivery));
