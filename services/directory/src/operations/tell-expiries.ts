import { type CivilDate, civilDateOf, daysBetween, parseCivilDate } from '@ddp/calendar/civil-date';
import type { Certificate } from '@ddp/contracts/directory/certificates';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { officerOf } from '../domain/area-levels.ts';
import { areaCodeOf } from '../domain/area-tree.ts';
import { findArea } from '../store/areas.ts';
import { findCertificate } from '../store/certificates.ts';
import { type DueNotice, listDueNotices, settleNotice } from '../store/expiry-notices.ts';
import { findSubject } from '../store/subjects.ts';
import { findUnit } from '../store/units.ts';

type Tx = Transaction<DirectoryDatabase>;

const pageSize = 200;

/**
 * Tells workers and the officers of their unit's area that a certificate is about to expire, by the
 * database's clock, each time once. One that cannot be told holds up no other.
 */
export async function tellExpiries(deps: DirectoryDeps, limit = pageSize): Promise<void> {
  const { store, log } = deps;
  let after: DueNotice | null = null;
  do {
    const page: DueNotice[] = await listDueNotices(store.db, store.clock, { after, limit });
    for (const due of page) {
      // The outcome of the row decides a repeat.
      await transact(store.db, (tx) => tellOne(deps, tx, due), { isRepeatable: true }).catch(
        (error: unknown) => {
          log.error({ err: error, certificateId: due.certificateId }, 'an expiry was not told');
        },
      );
    }
    after = page.length < limit ? null : (page.at(-1) ?? null);
    store.onCommit();
  } while (after);
}

async function tellOne({ store }: DirectoryDeps, tx: Tx, due: DueNotice): Promise<void> {
  const certificate = await findCertificate(tx, due.certificateId);
  const subject = certificate && (await findSubject(tx, certificate.subjectId));
  const isWanted = certificate?.state === 'current' && subject?.isActive === true;
  if (!(await settleNotice(tx, store.clock, due, isWanted ? 'sent' : 'skipped'))) return;
  if (!isWanted) return;
  const today = civilDateOf(await readNow(tx, store.clock));
  const events = await noticesOf(tx, subject, certificate, today);
  await appendEvents(tx, store, events, `expiry-${newId()}`);
}

async function noticesOf(
  tx: Tx,
  subject: Subject,
  { level, expiresOn, number }: Certificate,
  today: CivilDate,
): Promise<OutgoingEvent[]> {
  const unit = subject.unitId === null ? null : await findUnit(tx, subject.unitId);
  const areaPath = unit?.areaPath ?? subject.areaPath;
  const area = await findArea(tx, areaCodeOf(areaPath));
  // The days that are left: after an outage they are fewer than planned.
  const days = daysBetween(today, parseCivilDate(expiresOn));
  const params = { level, expiresOn, days };
  const role = officerOf(area?.level ?? 'community');
  const toOfficer = outgoing(noticeRequested, {
    audience: { kind: 'role', role, areaPath },
    template: 'staff-certificate-expiring',
    params: { ...params, number },
  });
  if (subject.personId === null) return [toOfficer];
  const toWorker = outgoing(noticeRequested, {
    audience: { kind: 'person', personId: subject.personId },
    template: 'certificate-expiring',
    params,
  });
  return [toWorker, toOfficer];
}
