import path from 'node:path';
import type { HostConfig } from '@ddp/service-kit/config';
import type { ServiceModule } from '@ddp/service-kit/module';
import { openService } from '@ddp/service-kit/open-service';
import { readSmsSettings } from './config.ts';
import { onNoticeRequested } from './consumers/notice-requested.ts';
import { onPersonErased } from './consumers/person-erased.ts';
import { onPublicationNamed } from './consumers/publication-named.ts';
import { onPublicationRequested } from './consumers/publication-requested.ts';
import { onPublicationWithdrawn } from './consumers/publication-withdrawn.ts';
import type { NoticesDatabase } from './database.ts';
import type { NoticesDeps } from './deps.ts';
import { bindRoutes } from './http/routes.ts';
import { closeDueEntries } from './operations/close-due-entries.ts';
import { purgeMessages } from './operations/purge-messages.ts';
import { sendDueTexts } from './operations/send-due-texts.ts';
import { createSmsSender } from './sms-sender.ts';
import { noticesInvariants } from './store/audit.ts';

const purgeEveryMs = 3_600_000;

/** Two seconds at the usual scale. */
const textsEvery = (host: HostConfig) => Math.max(200, 2_000 * host.DDP_INTERVAL_SCALE);

/** A minute at the usual scale: entries end with a day. */
const closingsEvery = (host: HostConfig) => Math.max(500, 60_000 * host.DDP_INTERVAL_SCALE);

export const noticesModule: ServiceModule = {
  name: 'notices',
  defaultPort: 8087,
  invariants: noticesInvariants,
  async create(context) {
    const sms = readSmsSettings(context.environment);
    if (sms === null) context.log.warn('no SMS_PROVIDER is set: no text message can be sent');
    const opened = await openService<NoticesDatabase>(context, {
      name: 'notices',
      migrationsFolder: path.join(import.meta.dirname, '../migrations'),
    });
    const deps: NoticesDeps = { ...opened.deps, sendSms: createSmsSender(sms) };
    bindRoutes(opened.app, deps);
    return opened.finish({
      consumers: [
        onNoticeRequested(deps),
        onPublicationRequested(deps),
        onPublicationNamed(deps),
        onPublicationWithdrawn(deps),
        onPersonErased(deps),
      ],
      sweeps: [
        { name: 'send-texts', everyMs: textsEvery(context.host), run: () => sendDueTexts(deps) },
        {
          name: 'close-entries',
          everyMs: closingsEvery(context.host),
          run: () => closeDueEntries(deps),
        },
        { name: 'purge', everyMs: purgeEveryMs, run: () => purgeMessages(deps) },
      ],
    });
  },
};
