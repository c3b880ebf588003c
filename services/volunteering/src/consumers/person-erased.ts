import { personErased } from '@ddp/contracts/identity/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { forgetPerson } from '../operations/forget-person.ts';

export const onPersonErased = (deps: VolunteeringDeps) =>
  defineConsumer(personErased, (delivery) => forgetPerson(deps, delivery));
