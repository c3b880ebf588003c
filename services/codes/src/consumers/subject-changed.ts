import { subjectChanged } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { CodesDeps } from '../deps.ts';
import { keepSubjectCard } from '../operations/keep-subject-card.ts';

export const onSubjectChanged = (deps: CodesDeps) =>
  defineConsumer(subjectChanged, (delivery) => keepSubjectCard(deps, delivery));
