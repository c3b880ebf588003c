import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listMyCertificates as ownRoute,
  readCertificatePaper as paperRoute,
  readServiceCertificate as readRoute,
  listCertificates as route,
} from '@ddp/contracts/volunteering/certificate-routes';
import type { Certificate } from '@ddp/contracts/volunteering/certificates';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { formatShortCode } from '@ddp/qr/short-code';
import type { Caller } from '@ddp/service-kit/bind-route';
import { digestOf } from '../certificate-keys.ts';
import type { VolunteeringDeps } from '../deps.ts';
import {
  findCertificate,
  findPaper,
  listCertificates as listStored,
  type StoredCertificate,
} from '../store/certificates.ts';

export async function listMyCertificates(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(deps.store.db, { personId }, query.state, page);
  const show = (one: StoredCertificate) => showCertificate(deps, one);
  return toPage(rows, query.limit, show, ({ id }) => id);
}

export async function listCertificates(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(deps.store.db, { scope: areaPaths }, query.state, page);
  const show = (one: StoredCertificate) => showLedCertificate(deps, one);
  return toPage(rows, query.limit, show, ({ id }) => id);
}

/** How far a certificate is, for whom it is of and for staff of the area. */
export async function readServiceCertificate(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  return showCertificate(deps, await requireReadable(deps, principal, params.id));
}

/** The paper, byte for byte as it was issued. */
export async function readCertificatePaper(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof paperRoute>,
): Promise<RouteResult<typeof paperRoute>> {
  const { id, paperDigest } = await requireReadable(deps, principal, params.id);
  const sealed = await findPaper(deps.store.db, id);
  if (!sealed) throw new Problem(commonProblems.conflict);
  const paper = deps.certificateKeys.openPaper(id, sealed);
  if (digestOf(paper) !== paperDigest) throw new Error(`the paper ${id} is not what was issued`);
  return Uint8Array.from(paper);
}

async function requireReadable(
  { store }: VolunteeringDeps,
  principal: Principal,
  id: string,
): Promise<StoredCertificate> {
  const { personId, role, areaPaths } = requirePerson(principal);
  const found = await findCertificate(store.db, id);
  const isOwn = found?.personId === personId;
  const isReached = isStaffRole(role) && areaPaths.some((path) => found?.areaPath.startsWith(path));
  if (!found || !(isOwn || isReached)) throw new Problem(commonProblems.notFound);
  return found;
}

export const checkUrlOf = ({ publicUrl }: VolunteeringDeps, { token }: { token: string }): string =>
  `${publicUrl}/c/${token}`;

export function showCertificate(deps: VolunteeringDeps, one: StoredCertificate): Certificate {
  const isOut = one.state === 'issued' || one.state === 'revoked';
  return {
    ...{ id: one.id, number: formatShortCode(one.number), state: one.state, failure: one.failure },
    ...{ fromOn: one.fromOn, untilOn: one.untilOn, includesRecorded: one.includesRecorded },
    ...{ verifiedMinutes: one.verifiedMinutes, recordedMinutes: one.recordedMinutes },
    ...{ issuer: one.issuer, issuedOn: one.issuedOn, revocationReason: one.revocation },
    checkUrl: isOut ? checkUrlOf(deps, one) : null,
    requestedAt: one.requestedAt.toISOString(),
    revokedAt: one.revokedAt?.toISOString() ?? null,
  };
}

export function showLedCertificate(deps: VolunteeringDeps, one: StoredCertificate) {
  const { personId, maskedName, areaPath, isAssisted } = one;
  return { ...showCertificate(deps, one), personId, maskedName, areaPath, isAssisted };
}
