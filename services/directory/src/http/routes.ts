import * as maps from '@ddp/contracts/directory/area-map-routes';
import * as certificates from '@ddp/contracts/directory/certificate-routes';
import * as coverage from '@ddp/contracts/directory/coverage-routes';
import * as grids from '@ddp/contracts/directory/grid-routes';
import * as posts from '@ddp/contracts/directory/post-routes';
import * as relocations from '@ddp/contracts/directory/relocation-routes';
import * as routes from '@ddp/contracts/directory/routes';
import * as subjects from '@ddp/contracts/directory/subject-routes';
import * as tables from '@ddp/contracts/directory/table-routes';
import * as units from '@ddp/contracts/directory/unit-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { DirectoryDeps } from '../deps.ts';
import { appointSubstitute } from '../operations/appoint-substitute.ts';
import { createPost } from '../operations/create-post.ts';
import { createSubject } from '../operations/create-subject.ts';
import { createUnit } from '../operations/create-unit.ts';
import { endPost, readPost } from '../operations/end-post.ts';
import { exportTable, readTableTemplate } from '../operations/export-table.ts';
import { importAreas } from '../operations/import-areas.ts';
import { importTable } from '../operations/import-table.ts';
import { readAreaMap, setAreaMap } from '../operations/keep-area-map.ts';
import { changeGrid, closeGrid, createGrid, listGrids } from '../operations/keep-grid.ts';
import {
  changeSubject,
  closeSubject,
  listStages,
  setStage,
  transferSubject,
} from '../operations/keep-subject.ts';
import { readSubjectPhoto, setSubjectPhoto } from '../operations/keep-subject-photo.ts';
import { changeUnit, readUnit, setUnitState } from '../operations/keep-unit.ts';
import { listCertificates } from '../operations/list-certificates.ts';
import { listPosts } from '../operations/list-posts.ts';
import { listRelocations, readAreaHistory } from '../operations/list-relocations.ts';
import { listUnits } from '../operations/list-units.ts';
import { listAreas, readArea } from '../operations/read-area.ts';
import { exportCoverage, listCoverageAreas, readCoverage } from '../operations/read-coverage.ts';
import { listProgrammes, readProgramme } from '../operations/read-programme.ts';
import { listOwnSubjects, listSubjects, readSubject } from '../operations/read-subject.ts';
import {
  recordCertificate,
  renewCertificate,
  withdrawCertificate,
} from '../operations/record-certificate.ts';
import { mergeArea, moveArea } from '../operations/relocate-area.ts';
import { startProgramme } from '../operations/start-programme.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: DirectoryDeps): void {
  bindRoute(app, routes.importAreas, (caller, request) => importAreas(deps, caller, request));
  bindRoute(app, routes.listAreas, (caller, request) => listAreas(deps, caller, request));
  bindRoute(app, routes.readArea, (caller, request) => readArea(deps, caller, request));
  bindRoute(app, routes.startProgramme, (caller, request) => startProgramme(deps, caller, request));
  bindRoute(app, routes.readProgramme, (caller, request) => readProgramme(deps, caller, request));
  bindRoute(app, routes.listProgrammes, (caller, request) => listProgrammes(deps, caller, request));
  bindRoute(app, routes.createUnit, (caller, request) => createUnit(deps, caller, request));
  bindRoute(app, routes.listUnits, (caller, request) => listUnits(deps, caller, request));
  bindRoute(app, routes.createSubject, (caller, request) => createSubject(deps, caller, request));
  bindRoute(app, routes.listSubjects, (caller, request) => listSubjects(deps, caller, request));
  bindRoute(app, routes.readSubject, (caller, request) => readSubject(deps, caller, request));
  bindRoute(app, routes.createPost, (caller, request) => createPost(deps, caller, request));
  bindRoute(app, routes.endPost, (caller, request) => endPost(deps, caller, request));
  bindRoute(app, routes.readPost, (caller, request) => readPost(deps, caller, request));
  bindUnitsAndPosts(app, deps);
  bindSubjects(app, deps);
  bindAreas(app, deps);
  bindTables(app, deps);
}

function bindUnitsAndPosts(app: ServiceApp, deps: DirectoryDeps): void {
  bindRoute(app, units.readUnit, (caller, request) => readUnit(deps, caller, request));
  bindRoute(app, units.changeUnit, (caller, request) => changeUnit(deps, caller, request));
  bindRoute(app, units.setUnitState, (caller, request) => setUnitState(deps, caller, request));
  bindRoute(app, posts.listPosts, (caller, request) => listPosts(deps, caller, request));
  bindRoute(app, posts.appointSubstitute, (caller, request) =>
    appointSubstitute(deps, caller, request),
  );
}

function bindSubjects(app: ServiceApp, deps: DirectoryDeps): void {
  bindRoute(app, subjects.changeSubject, (caller, request) => changeSubject(deps, caller, request));
  bindRoute(app, subjects.transferSubject, (caller, request) =>
    transferSubject(deps, caller, request),
  );
  bindRoute(app, subjects.closeSubject, (caller, request) => closeSubject(deps, caller, request));
  bindRoute(app, subjects.setStage, (caller, request) => setStage(deps, caller, request));
  bindRoute(app, subjects.setSubjectPhoto, (caller, request) =>
    setSubjectPhoto(deps, caller, request),
  );
  bindRoute(app, subjects.readSubjectPhoto, (_caller, request, headers) =>
    readSubjectPhoto(deps, request, headers),
  );
  bindRoute(app, subjects.listOwnSubjects, (caller) => listOwnSubjects(deps, caller));
  bindRoute(app, subjects.listStages, (caller, request) => listStages(deps, caller, request));
  bindRoute(app, certificates.recordCertificate, (caller, request) =>
    recordCertificate(deps, caller, request),
  );
  bindRoute(app, certificates.renewCertificate, (caller, request) =>
    renewCertificate(deps, caller, request),
  );
  bindRoute(app, certificates.withdrawCertificate, (caller, request) =>
    withdrawCertificate(deps, caller, request),
  );
  bindRoute(app, certificates.listCertificates, (caller, request) =>
    listCertificates(deps, caller, request),
  );
}

function bindAreas(app: ServiceApp, deps: DirectoryDeps): void {
  bindRoute(app, grids.createGrid, (caller, request) => createGrid(deps, caller, request));
  bindRoute(app, grids.changeGrid, (caller, request) => changeGrid(deps, caller, request));
  bindRoute(app, grids.closeGrid, (caller, request) => closeGrid(deps, caller, request));
  bindRoute(app, grids.listGrids, (caller, request) => listGrids(deps, caller, request));
  bindRoute(app, relocations.moveArea, (caller, request) => moveArea(deps, caller, request));
  bindRoute(app, relocations.mergeArea, (caller, request) => mergeArea(deps, caller, request));
  bindRoute(app, relocations.listRelocations, (caller, request) =>
    listRelocations(deps, caller, request),
  );
  bindRoute(app, relocations.readAreaHistory, (caller, request) =>
    readAreaHistory(deps, caller, request),
  );
  bindRoute(app, maps.setAreaMap, (caller, request) => setAreaMap(deps, caller, request));
  bindRoute(app, maps.readAreaMap, (caller, request) => readAreaMap(deps, caller, request));
  bindRoute(app, coverage.readCoverage, (caller, request) => readCoverage(deps, caller, request));
  bindRoute(app, coverage.listCoverageAreas, (caller, request) =>
    listCoverageAreas(deps, caller, request),
  );
  bindRoute(app, coverage.exportCoverage, (caller, request) =>
    exportCoverage(deps, caller, request),
  );
}

function bindTables(app: ServiceApp, deps: DirectoryDeps): void {
  bindRoute(app, tables.readTableTemplate, (caller, request) =>
    readTableTemplate(deps, caller, request),
  );
  bindRoute(app, tables.importTable, (caller, request) => importTable(deps, caller, request));
  bindRoute(app, tables.exportTable, (caller, request) => exportTable(deps, caller, request));
}
