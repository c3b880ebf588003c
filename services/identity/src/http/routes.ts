import * as kioskRoutes from '@ddp/contracts/identity/kiosk-routes';
import * as operatorRoutes from '@ddp/contracts/identity/operator-routes';
import * as peopleRoutes from '@ddp/contracts/identity/people-routes';
import * as routes from '@ddp/contracts/identity/routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { IdentityDeps } from '../deps.ts';
import { addOperator } from '../operations/add-operator.ts';
import { changePassword } from '../operations/change-password.ts';
import { createStaff } from '../operations/create-staff.ts';
import { eraseMe } from '../operations/erase-me.ts';
import { exportMe } from '../operations/export-me.ts';
import { findResident, listNames, listStaff } from '../operations/find-people.ts';
import { createKiosk, listKiosks, revokeKiosk } from '../operations/keep-kiosks.ts';
import { listOperators, removeOperator, unbindOperator } from '../operations/keep-operators.ts';
import { lookUpKiosk } from '../operations/look-up-kiosk.ts';
import { lookUpSession } from '../operations/look-up-session.ts';
import { readMe } from '../operations/read-me.ts';
import { lookUpPerson, readContact, readFullName, readPerson } from '../operations/read-person.ts';
import { registerPerson } from '../operations/register-person.ts';
import { requestCode } from '../operations/request-code.ts';
import { signInByCode } from '../operations/sign-in-by-code.ts';
import { signInByPassword } from '../operations/sign-in-by-password.ts';
import { signOut } from '../operations/sign-out.ts';
import { switchRole } from '../operations/switch-role.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: IdentityDeps): void {
  bindRoute(app, routes.requestCode, (caller, request) => requestCode(deps, caller, request));
  bindRoute(app, routes.signInByCode, (caller, request, headers) =>
    signInByCode(deps, caller, request, headers),
  );
  bindRoute(app, routes.signInByPassword, (caller, request, headers) =>
    signInByPassword(deps, caller, request, headers),
  );
  bindRoute(app, routes.signOut, (caller, _request, headers) => signOut(deps, caller, headers));
  bindRoute(app, routes.readMe, (caller) => readMe(deps, caller));
  bindRoute(app, routes.switchRole, (caller, request, headers) =>
    switchRole(deps, caller, request, headers),
  );
  bindRoute(app, routes.changePassword, (caller, request, headers) =>
    changePassword(deps, caller, request, headers),
  );
  bindRoute(app, routes.exportMe, (caller) => exportMe(deps, caller));
  bindRoute(app, routes.eraseMe, (caller, request, headers) =>
    eraseMe(deps, caller, request, headers),
  );
  bindRoute(app, routes.registerPerson, (caller, request) => registerPerson(deps, caller, request));
  bindRoute(app, routes.createStaff, (caller, request) => createStaff(deps, caller, request));
  bindRoute(app, routes.addOperator, (caller, request) => addOperator(deps, caller, request));
  bindRoute(app, peopleRoutes.listNames, (caller, request) => listNames(deps, caller, request));
  bindRoute(app, peopleRoutes.findResident, (caller, request) =>
    findResident(deps, caller, request),
  );
  bindRoute(app, peopleRoutes.listStaff, (caller, request) => listStaff(deps, caller, request));
  bindRoute(app, operatorRoutes.listOperators, (caller, request) =>
    listOperators(deps, caller, request),
  );
  bindRoute(app, operatorRoutes.removeOperator, (caller, request) =>
    removeOperator(deps, caller, request),
  );
  bindRoute(app, operatorRoutes.unbindOperator, (caller, request) =>
    unbindOperator(deps, caller, request),
  );
  bindRoute(app, kioskRoutes.createKiosk, (caller, request) => createKiosk(deps, caller, request));
  bindRoute(app, kioskRoutes.listKiosks, (caller, request) => listKiosks(deps, caller, request));
  bindRoute(app, kioskRoutes.revokeKiosk, (caller, request) => revokeKiosk(deps, caller, request));
  bindRoute(app, kioskRoutes.lookUpKiosk, (caller, request) => lookUpKiosk(deps, caller, request));
  bindRoute(app, routes.lookUpSession, (caller, request) => lookUpSession(deps, caller, request));
  bindRoute(app, routes.readContact, (caller, request) => readContact(deps, caller, request));
  bindRoute(app, routes.readFullName, (caller, request) => readFullName(deps, caller, request));
  bindRoute(app, routes.lookUpPerson, (caller, request) => lookUpPerson(deps, caller, request));
  bindRoute(app, routes.readPerson, (caller, request) => readPerson(deps, caller, request));
}
