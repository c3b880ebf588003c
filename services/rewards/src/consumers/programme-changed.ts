import { programmeChanged } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { copyProgramme } from '../operations/copy-programme.ts';

export const onProgrammeChanged = (deps: RewardsDeps) =>
  defineConsumer(programmeChanged, (delivery) => copyProgramme(deps, delivery));
