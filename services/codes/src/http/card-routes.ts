import * as places from '@ddp/contracts/codes/place-code-routes';
import * as cards from '@ddp/contracts/codes/resident-card-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { CodesDeps } from '../deps.ts';
import { checkPlaceCode } from '../operations/check-place-code.ts';
import { closePlaceCode } from '../operations/close-place-code.ts';
import { issueResidentCard } from '../operations/issue-resident-card.ts';
import { openPlaceCode } from '../operations/open-place-code.ts';
import { listPlaceCodes, readPlaceCode, readPlaceCodeSvg } from '../operations/read-place-code.ts';
import {
  checkResidentCard,
  listResidentCards,
  readCardHolder,
} from '../operations/read-resident-card.ts';
import { revokeResidentCard } from '../operations/revoke-resident-card.ts';

/** Cards of residents without a phone, and the changing codes of places. */
export function bindCardRoutes(app: ServiceApp, deps: CodesDeps): void {
  bindRoute(app, cards.issueResidentCard, (caller, request) =>
    issueResidentCard(deps, caller, request),
  );
  bindRoute(app, cards.listResidentCards, (caller, request) =>
    listResidentCards(deps, caller, request),
  );
  bindRoute(app, cards.revokeResidentCard, (caller, request) =>
    revokeResidentCard(deps, caller, request),
  );
  bindRoute(app, cards.checkResidentCard, (caller, request) =>
    checkResidentCard(deps, caller, request),
  );
  bindRoute(app, cards.readCardHolder, (caller, request) => readCardHolder(deps, caller, request));
  bindRoute(app, places.openPlaceCode, (caller, request) => openPlaceCode(deps, caller, request));
  bindRoute(app, places.listPlaceCodes, (caller, request) => listPlaceCodes(deps, caller, request));
  bindRoute(app, places.readPlaceCode, (caller, request) => readPlaceCode(deps, caller, request));
  bindRoute(app, places.readPlaceCodeSvg, (caller, request) =>
    readPlaceCodeSvg(deps, caller, request),
  );
  bindRoute(app, places.closePlaceCode, (caller, request) => closePlaceCode(deps, caller, request));
  bindRoute(app, places.checkPlaceCode, (caller, request) => checkPlaceCode(deps, caller, request));
}
