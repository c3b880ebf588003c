import * as settingsRoutes from '@ddp/contracts/volunteering/settings-routes';
import * as routes from '@ddp/contracts/volunteering/sign-up-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as cancelling from '../operations/cancel-sign-up.ts';
import { readVolunteeringSettings, setVolunteeringSettings } from '../operations/keep-settings.ts';
import * as lists from '../operations/list-sign-ups.ts';
import * as signing from '../operations/sign-up.ts';
import * as substitutes from '../operations/substitute.ts';

/** Signing up and what comes of it: which operation answers which route. */
export function bindSignUpRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.signUp, (caller, request) => signing.signUp(deps, caller, request));
  bindRoute(app, routes.assistSignUp, (caller, request) =>
    signing.assistSignUp(deps, caller, request),
  );
  bindRoute(app, routes.listMySignUps, (caller, request) =>
    lists.listMySignUps(deps, caller, request),
  );
  bindRoute(app, routes.listRoster, (caller, request) => lists.listRoster(deps, caller, request));
  bindRoute(app, routes.cancelSignUp, (caller, request) =>
    cancelling.cancelSignUp(deps, caller, request),
  );
  bindRoute(app, routes.cancelAssistedSignUp, (caller, request) =>
    cancelling.cancelAssistedSignUp(deps, caller, request),
  );
  bindRoute(app, routes.offerSubstitution, (caller, request) =>
    substitutes.offerSubstitution(deps, caller, request),
  );
  bindRoute(app, routes.acceptSubstitution, (caller, request) =>
    substitutes.acceptSubstitution(deps, caller, request),
  );
  bindRoute(app, routes.endSubstitution, (caller, request) =>
    substitutes.endSubstitution(deps, caller, request),
  );
  bindRoute(app, routes.listMySubstitutions, (caller, request) =>
    substitutes.listMySubstitutions(deps, caller, request),
  );
  bindRoute(app, settingsRoutes.readVolunteeringSettings, (caller) =>
    readVolunteeringSettings(deps, caller),
  );
  bindRoute(app, settingsRoutes.setVolunteeringSettings, (caller, request) =>
    setVolunteeringSettings(deps, caller, request),
  );
}
