import * as certificateRoutes from '@ddp/contracts/volunteering/certificate-routes';
import * as routes from '@ddp/contracts/volunteering/star-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as appeals from '../operations/appeal-star.ts';
import * as rules from '../operations/keep-recognition.ts';
import * as naming from '../operations/keep-star-naming.ts';
import * as certificates from '../operations/list-certificates.ts';
import * as lists from '../operations/list-stars.ts';
import { assistCertificate, requestCertificate } from '../operations/request-certificate.ts';
import { revokeCertificate } from '../operations/revoke-certificate.ts';

/** Stars and the rules of recognition: which operation answers which route. */
export function bindRecognitionRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.listRecognitionRules, (caller, request) =>
    rules.listRecognitionRules(deps, caller, request),
  );
  bindRoute(app, routes.setRecognitionRules, (caller, request) =>
    rules.setRecognitionRules(deps, caller, request),
  );
  bindRoute(app, routes.listMyStars, (caller, request) => lists.listMyStars(deps, caller, request));
  bindRoute(app, routes.listStars, (caller, request) => lists.listStars(deps, caller, request));
  bindRoute(app, routes.appealStar, (caller, request) => appeals.appealStar(deps, caller, request));
  bindRoute(app, routes.recordStarAppeal, (caller, request) =>
    appeals.recordStarAppeal(deps, caller, request),
  );
  bindRoute(app, routes.decideStarAppeal, (caller, request) =>
    appeals.decideStarAppeal(deps, caller, request),
  );
  bindRoute(app, routes.readMyStarNaming, (caller) => naming.readMyStarNaming(deps, caller));
  bindRoute(app, routes.consentToStarNaming, (caller, request) =>
    naming.consentToStarNaming(deps, caller, request),
  );
  bindRoute(app, routes.withdrawStarNaming, (caller) => naming.withdrawStarNaming(deps, caller));
  bindCertificateRoutes(app, deps);
}

function bindCertificateRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, certificateRoutes.requestCertificate, (caller, request) =>
    requestCertificate(deps, caller, request),
  );
  bindRoute(app, certificateRoutes.assistCertificate, (caller, request) =>
    assistCertificate(deps, caller, request),
  );
  bindRoute(app, certificateRoutes.listMyCertificates, (caller, request) =>
    certificates.listMyCertificates(deps, caller, request),
  );
  bindRoute(app, certificateRoutes.listCertificates, (caller, request) =>
    certificates.listCertificates(deps, caller, request),
  );
  bindRoute(app, certificateRoutes.readServiceCertificate, (caller, request) =>
    certificates.readServiceCertificate(deps, caller, request),
  );
  bindRoute(app, certificateRoutes.readCertificatePaper, (caller, request) =>
    certificates.readCertificatePaper(deps, caller, request),
  );
  bindRoute(app, certificateRoutes.revokeCertificate, (caller, request) =>
    revokeCertificate(deps, caller, request),
  );
}
