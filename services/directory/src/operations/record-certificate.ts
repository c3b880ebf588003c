import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf, parseCivilDate } from '@ddp/calendar/civil-date';
import type {
  recordCertificate as recordRoute,
  renewCertificate as renewRoute,
  withdrawCertificate as withdrawRoute,
} from '@ddp/contracts/directory/certificate-routes';
import type { Certificate } from '@ddp/contracts/directory/certificates';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { planNotices } from '../domain/expiry-notices.ts';
import {
  endCertificate,
  findCertificate,
  insertCertificate,
  type NewCertificate,
} from '../store/certificates.ts';
import { insertNotices } from '../store/expiry-notices.ts';
import { lockSubject } from '../store/subjects.ts';

type Tx = Transaction<DirectoryDatabase>;

/** Records a certificate of a worker, and when its expiry is to be told. */
export async function recordCertificate(
  deps: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof recordRoute>,
): Promise<RouteResult<typeof recordRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'record-certificate', input: body };
  return runCommand(store, command, async (tx) => {
    const subject = await lockSubject(tx, body.subjectId, areaPaths);
    if (!subject) throw new Problem(commonProblems.notFound);
    if (subject.kind !== 'worker') throw new Problem(directoryProblems.notAWorker);
    if (!subject.isActive) throw new Problem(directoryProblems.subjectClosed);
    const certificate = await addCertificate(deps, tx, { ...body, renews: null });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'record-certificate',
      objectKind: 'certificate',
      objectId: certificate.id,
      detail: { subjectId: subject.id, level: body.level, expiresOn: body.expiresOn },
    });
    return certificate;
  });
}

/** Puts a certificate in the place of one that is current; the old one stays as history. */
export async function renewCertificate(
  deps: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof renewRoute>,
): Promise<RouteResult<typeof renewRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'renew-certificate', input };
  return runCommand(store, command, async (tx) => {
    const old = await requireCertificate(tx, params.id, areaPaths);
    if (!(await endCertificate(tx, old.id, 'renewed', null))) {
      throw new Problem(commonProblems.conflict);
    }
    const renewal = { ...body, subjectId: old.subjectId, renews: old.id };
    const certificate = await addCertificate(deps, tx, renewal);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'renew-certificate',
      objectKind: 'certificate',
      objectId: certificate.id,
      detail: { renews: old.id, level: body.level, expiresOn: body.expiresOn },
    });
    return certificate;
  });
}

/** Takes a certificate out of force; nothing more is told of it. */
export async function withdrawCertificate(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof withdrawRoute>,
): Promise<RouteResult<typeof withdrawRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'withdraw-certificate', input };
  return runCommand(store, command, async (tx) => {
    const { id } = await requireCertificate(tx, params.id, areaPaths);
    if (!(await endCertificate(tx, id, 'withdrawn', body.reason))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'withdraw-certificate',
      objectKind: 'certificate',
      objectId: id,
    });
    return requireCertificate(tx, id, areaPaths);
  });
}

async function addCertificate(
  { store }: DirectoryDeps,
  tx: Tx,
  fields: Omit<NewCertificate, 'id'>,
): Promise<Certificate> {
  if (fields.expiresOn < fields.issuedOn) {
    throw new Problem(directoryProblems.certificatePeriodInvalid);
  }
  const id = newId();
  try {
    await insertCertificate(tx, store.clock, { ...fields, id });
  } catch (error) {
    if (isDuplicate(error)) throw new Problem(directoryProblems.certificateNumberTaken);
    throw error;
  }
  const today = civilDateOf(await readNow(tx, store.clock));
  await insertNotices(tx, id, planNotices(parseCivilDate(fields.expiresOn), today));
  const certificate = await findCertificate(tx, id);
  if (!certificate) throw new Problem(commonProblems.notFound);
  return certificate;
}

/** A certificate in reach, once its worker's row is locked. */
async function requireCertificate(
  tx: Tx,
  id: string,
  areaPaths: readonly string[],
): Promise<Certificate> {
  const seen = await findCertificate(tx, id, areaPaths);
  if (!seen) throw new Problem(commonProblems.notFound);
  await lockSubject(tx, seen.subjectId, areaPaths);
  const certificate = await findCertificate(tx, id, areaPaths);
  if (!certificate) throw new Problem(commonProblems.notFound);
  return certificate;
}
