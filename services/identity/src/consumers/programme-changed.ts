import { programmeChanged } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { IdentityDeps } from '../deps.ts';
import { copyProgramme } from '../operations/copy-programme.ts';

export const onProgrammeChanged = (deps: IdentityDeps) =>
  defineConsumer(programmeChanged, (delivery) => copyProgramme(deps, delivery));
