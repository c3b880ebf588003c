import * as routes from '@ddp/contracts/notices/routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { NoticesDeps } from '../deps.ts';
import { answerObjection } from '../operations/answer-objection.ts';
import { listMyMessages } from '../operations/list-my-messages.ts';
import { listMyObjections, listObjections } from '../operations/list-objections.ts';
import { markMessageRead } from '../operations/mark-message-read.ts';
import { publishEntry } from '../operations/publish-entry.ts';
import { listEntries, readEntry } from '../operations/read-entry.ts';
import { sendText } from '../operations/send-text.ts';
import { submitObjection } from '../operations/submit-objection.ts';
import { withdrawEntry } from '../operations/withdraw-entry.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: NoticesDeps): void {
  bindRoute(app, routes.listMyMessages, (caller, request) => listMyMessages(deps, caller, request));
  bindRoute(app, routes.markMessageRead, (caller, request) =>
    markMessageRead(deps, caller, request),
  );
  bindRoute(app, routes.publishEntry, (caller, request) => publishEntry(deps, caller, request));
  bindRoute(app, routes.listEntries, (caller, request) => listEntries(deps, caller, request));
  bindRoute(app, routes.readEntry, (caller, request) => readEntry(deps, caller, request));
  bindRoute(app, routes.withdrawEntry, (caller, request) => withdrawEntry(deps, caller, request));
  bindRoute(app, routes.submitObjection, (caller, request) =>
    submitObjection(deps, caller, request),
  );
  bindRoute(app, routes.listObjections, (caller, request) => listObjections(deps, caller, request));
  bindRoute(app, routes.listMyObjections, (caller, request) =>
    listMyObjections(deps, caller, request),
  );
  bindRoute(app, routes.answerObjection, (caller, request) =>
    answerObjection(deps, caller, request),
  );
  bindRoute(app, routes.sendText, (caller, request) => sendText(deps, caller, request));
}
