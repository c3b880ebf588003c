import { postChanged } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { IdentityDeps } from '../deps.ts';
import { copyPost } from '../operations/copy-post.ts';

export const onPostChanged = (deps: IdentityDeps) =>
  defineConsumer(postChanged, (delivery) => copyPost(deps, delivery));
