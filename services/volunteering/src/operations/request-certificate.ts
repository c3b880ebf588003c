import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  assistCertificate as assistRoute,
  requestCertificate as route,
} from '@ddp/contracts/volunteering/certificate-routes';
import type { NewCertificate } from '@ddp/contracts/volunteering/certificates';
import { certificateRequested } from '@ddp/contracts/volunteering/events';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { newShortCode } from '@ddp/qr/short-code';
import { newToken } from '@ddp/qr/token';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { sumItems } from '../domain/certificate.ts';
import {
  countCertificates,
  findCertificate,
  insertCertificate,
  listItemsOf,
  type StoredCertificate,
} from '../store/certificates.ts';
import { insertAssistance, lockPerson } from '../store/people.ts';
import { readRecognition } from '../store/recognition.ts';
import { findVolunteer, type StoredVolunteer } from '../store/volunteers.ts';
import { showCertificate, showLedCertificate } from './list-certificates.ts';

type Tx = Transaction<VolunteeringDatabase>;

const drawings = 5;
/** Of one person in a day: each takes a job and some fifty kilobytes. */
const mostInDay = 10;

/** Asks for a certificate of the caller's own service; a job makes it. */
export async function requestCertificate(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'request-certificate', input: body };
  return runCommand(deps.store, command, async (tx) => {
    await lockPerson(tx, personId);
    const volunteer = await findVolunteer(tx, personId);
    if (!volunteer) throw new Problem(volunteeringProblems.noProfile);
    const by = { requestedBy: personId, isAssisted: false, requestId };
    return showCertificate(deps, await writeRequest(deps, tx, volunteer, body, by));
  });
}

/** Asks for one for somebody without a phone, by staff of where they live, with their consent. */
export async function assistCertificate(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof assistRoute>,
): Promise<RouteResult<typeof assistRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const { personId, consent, ...period } = body;
  if (personId === staff.personId) throw new Problem(volunteeringProblems.ownConsent);
  const command = { actor: actorOf(principal), key, name: 'assist-certificate', input: body };
  return runCommand(store, command, async (tx) => {
    await lockPerson(tx, personId);
    const volunteer = await findVolunteer(tx, personId, staff.areaPaths);
    if (!volunteer) throw new Problem(commonProblems.notFound);
    const by = { requestedBy: staff.personId, isAssisted: true, requestId: staff.requestId };
    const certificate = await writeRequest(deps, tx, volunteer, period, by);
    const act = { act: 'certificate', objectId: certificate.id, personId } as const;
    await insertAssistance(tx, store.clock, { ...act, by: staff, consent });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'assist-certificate', objectKind: 'certificate', objectId: certificate.id },
    });
    return showLedCertificate(deps, certificate);
  });
}

async function writeRequest(
  { store }: VolunteeringDeps,
  tx: Tx,
  volunteer: StoredVolunteer,
  period: NewCertificate,
  { requestId, ...by }: { requestedBy: string; isAssisted: boolean; requestId: string },
): Promise<StoredCertificate> {
  const { personId, programmeId, areaPath, maskedName } = volunteer;
  const { issuer, contact } = await readRecognition(tx, programmeId);
  if (issuer === null || contact === null) throw new Problem(volunteeringProblems.issuerUnset);
  const now = await readNow(tx, store.clock);
  if (period.untilOn < period.fromOn || period.untilOn > civilDateOf(now)) {
    throw new Problem(volunteeringProblems.periodOdd);
  }
  const since = new Date(now.getTime() - 86_400_000);
  if ((await countCertificates(tx, personId, since)) >= mostInDay) {
    throw new Problem(commonProblems.tooManyRequests);
  }
  const items = await listItemsOf(tx, { personId, programmeId, ...period });
  const verifiedMinutes = sumItems(items, 'verified');
  if (verifiedMinutes === 0) throw new Problem(volunteeringProblems.nothingServed);
  const id = newId();
  await draw(tx, store.clock, {
    ...{ id, personId, programmeId, areaPath, maskedName, issuer, contact, ...period, ...by },
    ...{ verifiedMinutes, recordedMinutes: sumItems(items, 'recorded') },
  });
  const event = outgoing(certificateRequested, { certificateId: id });
  await appendEvents(tx, store, [event], requestId);
  const stored = await findCertificate(tx, id);
  if (!stored) throw new Error('a certificate just written is not there');
  return stored;
}

type Undrawn = Omit<Parameters<typeof insertCertificate>[2], 'number' | 'token'>;

async function draw(
  tx: Tx,
  clock: VolunteeringDeps['store']['clock'],
  one: Undrawn,
): Promise<void> {
  for (let drawing = 0; drawing < drawings; drawing += 1) {
    const drawn = { number: newShortCode(), token: newToken() };
    if (await insertCertificate(tx, clock, { ...one, ...drawn })) return;
  }
  throw new Error('no number is free for a certificate');
}
