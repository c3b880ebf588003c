import { personErased } from '@ddp/contracts/identity/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { forgetPerson } from '../operations/forget-person.ts';

export const onPersonErased = (deps: PointsDeps) =>
  defineConsumer(personErased, (delivery) => forgetPerson(deps, delivery));
