import { subjectChanged } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { keepSubject } from '../operations/keep-subject.ts';

export const onSubjectChanged = (deps: VolunteeringDeps) =>
  defineConsumer(subjectChanged, (delivery) => keepSubject(deps, delivery));
