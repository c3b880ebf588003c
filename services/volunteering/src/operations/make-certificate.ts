import { civilDateOf } from '@ddp/calendar/civil-date';
import { CallProblem } from '@ddp/contracts/call';
import type { PayloadOf } from '@ddp/contracts/event';
import { readFullName } from '@ddp/contracts/identity/routes';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { TemplateParams } from '@ddp/contracts/notices/schemas';
import type { CertificateFailure } from '@ddp/contracts/volunteering/certificates';
import type { certificateRequested } from '@ddp/contracts/volunteering/events';
import { readNow } from '@ddp/db-kit/time';
import { MissingGlyphError, refuseMissingGlyphs } from '@ddp/paper/drawing/font';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { layOutService, type ServicePaper, textsOfService } from '@ddp/paper/reports/service-paper';
import { createMatrix } from '@ddp/qr/matrix';
import { formatShortCode } from '@ddp/qr/short-code';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import { digestOf } from '../certificate-keys.ts';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { areSameItems, type CertificateItem, groupItems, sumItems } from '../domain/certificate.ts';
import * as certificates from '../store/certificates.ts';
import { lockPerson } from '../store/people.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { checkUrlOf } from './list-certificates.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** What no other try could mend. */
class CertificateRefusedError extends Error {
  override name = 'CertificateRefusedError';
  readonly failure: CertificateFailure;

  constructor(failure: CertificateFailure) {
    super(failure);
    this.failure = failure;
  }
}

/**
 * Makes the paper of a certificate and issues it: number and token were drawn before, and all that is
 * written is written at once, so that a job that is killed and comes again makes one certificate.
 */
export async function makeCertificate(
  deps: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof certificateRequested>>,
): Promise<void> {
  const { store } = deps;
  const { certificateId: id } = delivery.payload;
  const asked = await certificates.findCertificate(store.db, id);
  const isOpen = asked !== null && (await certificates.markMaking(store.db, id));
  try {
    const made = isOpen ? await draw(deps, asked, delivery.requestId) : null;
    await handleOnce(store, delivery, async (tx) => {
      if (made && asked) await issue(deps, tx, asked, made, delivery.requestId);
    });
  } catch (error) {
    if (!(error instanceof CertificateRefusedError) || !asked) throw error;
    const { failure } = error;
    await handleOnce(store, delivery, async (tx) => {
      await lockPerson(tx, asked.personId);
      if (!(await certificates.failCertificate(tx, id, failure))) return;
      await tell(deps, tx, asked, 'service-record-failed', { failure }, delivery.requestId);
    });
  }
}

interface Made {
  items: CertificateItem[];
  issuedOn: string;
  bytes: Buffer;
}

async function draw(
  deps: VolunteeringDeps,
  asked: certificates.StoredCertificate,
  requestId: string,
): Promise<Made> {
  const { db, clock } = deps.store;
  const volunteer = await findVolunteer(db, asked.personId);
  const name = volunteer && (await readName(deps, asked.personId, requestId));
  if (!name) throw new CertificateRefusedError('name-unknown');
  const items = await certificates.listItemsOf(db, asked);
  const issuedOn = civilDateOf(await readNow(db, clock));
  const number = formatShortCode(asked.number);
  const paper: ServicePaper = {
    ...{ name, volunteerNumber: volunteer.number, number, issuedOn },
    ...{ fromOn: asked.fromOn, untilOn: asked.untilOn },
    ...{ issuer: asked.issuer, contact: asked.contact },
    verifiedMinutes: sumItems(items, 'verified'),
    recordedMinutes: sumItems(items, 'recorded'),
    lines: groupItems(items),
    checkAddress: `${deps.publicUrl.replace(/^https?:\/\//, '')}/c`,
    matrix: createMatrix(checkUrlOf(deps, asked), 'H'),
  };
  return { items, issuedOn, bytes: await print(paper) };
}

async function print(paper: ServicePaper): Promise<Buffer> {
  try {
    refuseMissingGlyphs(textsOfService(paper), 1);
  } catch (error) {
    if (!(error instanceof MissingGlyphError)) throw error;
    throw new CertificateRefusedError('letter-missing');
  }
  const pieces: Uint8Array[] = [];
  // The number stands in the title, by which a file that was changed is known again.
  const title = `志愿服务记录证明 ${paper.number}`;
  for await (const piece of renderPdf(layOutService(paper), title)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Null where none is registered, or the person is not there any more. */
async function readName(
  { caller }: VolunteeringDeps,
  personId: string,
  requestId: string,
): Promise<string | null> {
  const params = { id: personId };
  try {
    return (await caller.call(readFullName, { params }, { requestId })).name;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) return null;
    throw error;
  }
}

async function issue(
  deps: VolunteeringDeps,
  tx: Tx,
  asked: certificates.StoredCertificate,
  { items, issuedOn, bytes }: Made,
  requestId: string,
): Promise<void> {
  const { store, certificateKeys } = deps;
  await lockPerson(tx, asked.personId);
  if (!areSameItems(items, await certificates.listItemsOf(tx, asked))) {
    throw new Error(`the hours of certificate ${asked.id} changed while it was made: tried again`);
  }
  const isIssued = await certificates.issueCertificate(tx, store.clock, asked.id, {
    ...{ issuedOn, items, paperDigest: digestOf(bytes) },
    paper: certificateKeys.sealPaper(asked.id, bytes),
    verifiedMinutes: sumItems(items, 'verified'),
    recordedMinutes: sumItems(items, 'recorded'),
  });
  if (!isIssued) return;
  const number = formatShortCode(asked.number);
  await tell(deps, tx, asked, 'service-record-ready', { number }, requestId);
}

async function tell(
  { store }: VolunteeringDeps,
  tx: Tx,
  { personId }: certificates.StoredCertificate,
  template: 'service-record-ready' | 'service-record-failed',
  params: TemplateParams,
  requestId: string,
): Promise<void> {
  const audience = { kind: 'person' as const, personId };
  const told = outgoing(noticeRequested, { audience, template, params });
  await appendEvents(tx, store, [told], requestId);
}
