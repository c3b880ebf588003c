import { personErased } from '@ddp/contracts/identity/events';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  assistCertificate,
  listCertificates,
  listMyCertificates,
  readCertificatePaper,
  readServiceCertificate,
  requestCertificate,
  revokeCertificate,
} from '@ddp/contracts/volunteering/certificate-routes';
import type { NewCertificate } from '@ddp/contracts/volunteering/certificates';
import { certificateRequested } from '@ddp/contracts/volunteering/events';
import { correctHours, recordHours } from '@ddp/contracts/volunteering/hour-routes';
import { setRecognitionRules } from '@ddp/contracts/volunteering/star-routes';
import { admitMember, applyForMembership } from '@ddp/contracts/volunteering/team-routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { layOutService } from '@ddp/paper/reports/service-paper';
import { createMatrix } from '@ddp/qr/matrix';
import { renderPng } from '@ddp/qr/png';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { city, type House, openHouse, programmeId } from './house.ts';
import { createServing } from './serving.ts';

let house: House;
let at: ReturnType<typeof createServing>;
const refused = (slug: string) => ({ slug });
const manager = personAs('city-officer', { areaPaths: [city], programmeId });
const terms = { issuer: '康巴什区志愿服务指导中心', contact: '0477-8588123' };
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };

beforeAll(async () => {
  house = await openHouse();
  at = createServing(house);
});
afterAll(async () => {
  try {
    await eventually(async () => (await house.audit()).length === 0);
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const wholeTime = { fromOn: '2026-11-01', untilOn: '2026-11-10' };

/** Somebody with a name and two verified hours. */
async function serve(name = '乌兰图雅') {
  const served = await at.serve();
  expect(await served.confirm()).toBe('verified');
  house.names.set(served.volunteer.personId, name);
  return served;
}

async function ask(by: PersonPrincipal, over: Partial<NewCertificate> = {}) {
  const { today } = days();
  const body = { ...wholeTime, untilOn: today, ...over };
  return house.call(requestCertificate, { body }, by);
}

const days = () => {
  const today = new Date(house.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return { today };
};

const read = (id: string, by: PersonPrincipal) =>
  house.call(readServiceCertificate, { params: { id } }, by);
const paperOf = (id: string, by: PersonPrincipal) =>
  house.call(readCertificatePaper, { params: { id } }, by);

/** The same, with a certificate of it and its paper. */
async function certify(over: Partial<NewCertificate> = {}) {
  const served = await serve();
  const { id } = await ask(served.volunteer, over);
  const certificate = await eventually(async () => {
    const seen = await read(id, served.volunteer);
    return seen.state === 'issued' && seen;
  });
  return { ...served, id, certificate, paper: await paperOf(id, served.volunteer) };
}

/** What the public page says, as through the gateway. */
async function visit(path: string, file?: Uint8Array, name = 'file.pdf') {
  const form = new FormData();
  if (file) form.append('file', new File([Uint8Array.from(file)], name));
  const init = file ? { method: 'POST', body: form } : {};
  const answer = await house.fetchOf('volunteering')(
    new Request(`http://volunteering.test${path}`, {
      headers: { 'accept-language': 'zh' },
      ...init,
    }),
  );
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers };
}

const pathOf = (checkUrl: string | null) => new URL(checkUrl ?? '').pathname;

describe('a certificate', () => {
  it('wants an issuer, a period that is over and verified hours', async () => {
    const { volunteer } = await serve();
    await expect(ask(volunteer)).rejects.toMatchObject(refused('issuer-unset'));
    await house.call(setRecognitionRules, { body: terms }, manager);
    const odd = [{ untilOn: '2026-10-31' }, { untilOn: '2026-12-31' }];
    for (const over of odd) {
      await expect(ask(volunteer, over)).rejects.toMatchObject(refused('period-odd'));
    }
    const nobody = await house.newVolunteer();
    await expect(ask(nobody)).rejects.toMatchObject(refused('nothing-served'));
    await expect(ask(house.newResident())).rejects.toMatchObject(refused('no-volunteer-profile'));
  });

  it('is made once, however often its job comes, for its owner and staff of the area alone', async () => {
    const { id, volunteer, certificate, paper } = await certify();
    expect(certificate).toMatchObject({ verifiedMinutes: 120, recordedMinutes: 0, ...issuer });
    expect(Buffer.from(paper).subarray(0, 5).toString()).toBe('%PDF-');
    const again = { eventName: certificateRequested.name, producer: 'volunteering' };
    const job = { ...again, payload: { certificateId: id }, requestId: 'again' };
    const jobs = [newId(), newId()];
    for (const eventId of jobs) await house.deliver('volunteering', { ...job, eventId });
    await eventually(async () => {
      const rows = await house.db.selectFrom('volunteering_inbox').select('event_id').execute();
      return jobs.every((one) => rows.some((row) => row.event_id.equals(idToBinary(one))));
    });
    expect(Buffer.from(await paperOf(id, volunteer)).equals(Buffer.from(paper))).toBe(true);
    expect(Buffer.from(await paperOf(id, house.officer)).equals(Buffer.from(paper))).toBe(true);
    for (const stranger of [house.newResident(), house.stranger]) {
      await expect(paperOf(id, stranger)).rejects.toMatchObject(refused('not-found'));
    }
    const mine = await house.call(listMyCertificates, {}, volunteer);
    expect(mine.items.map((one) => one.id)).toEqual([id]);
    const told = (await at.payloadsOf(noticeRequested)).filter(
      ({ template, params }) =>
        template === 'service-record-ready' && params.number === certificate.number,
    );
    expect(told).toHaveLength(1);
  });

  it('is made once although its job breaks off on the way, with what is right in the end', async () => {
    const { volunteer, signUpId } = await serve();
    house.lost.names = 1_000;
    const { id } = await ask(volunteer);
    await eventually(async () => house.lost.names < 1_000);
    expect((await read(id, volunteer)).state).toBe('making');
    const body = { minutes: 90, reason: '核对监控' };
    await house.call(correctHours, { params: { id: signUpId }, body }, house.officer);
    house.lost.names = 0;
    await eventually(async () => (await read(id, volunteer)).state === 'issued');
    expect(await read(id, volunteer)).toMatchObject({ verifiedMinutes: 90 });
  });

  it('tells recorded hours apart, where they are asked for, and never adds them up', async () => {
    const { volunteer, leader, team } = await serve();
    const applied = await house.call(applyForMembership, { body: { teamId: team.id } }, volunteer);
    await house.call(admitMember, { params: { id: applied.id } }, leader);
    const typed = { teamId: team.id, personId: volunteer.personId, on: '2026-11-09', minutes: 90 };
    await house.call(recordHours, { body: { ...typed, words: '入户探访' } }, leader);
    expect(await ask(volunteer)).toMatchObject({ verifiedMinutes: 120, recordedMinutes: 0 });
    const both = await ask(volunteer, { includesRecorded: true });
    expect(both).toMatchObject({ verifiedMinutes: 120, recordedMinutes: 90 });
    await eventually(async () => (await read(both.id, volunteer)).state === 'issued');
    const { text } = await visit(pathOf((await read(both.id, volunteer)).checkUrl));
    expect(text).toContain('补录时长（未经核实，单列）');
  });

  it('stays as it was issued when hours are corrected afterwards', async () => {
    const { id, volunteer, signUpId } = await certify();
    const body = { minutes: 60, reason: '核对监控' };
    await house.call(correctHours, { params: { id: signUpId }, body }, house.officer);
    expect(await read(id, volunteer)).toMatchObject({ state: 'issued', verifiedMinutes: 120 });
    expect((await ask(volunteer)).verifiedMinutes).toBe(60);
  });

  it.each([
    ['', 'name-unknown'],
    ['王\u{e000}', 'letter-missing'],
  ])('that cannot be printed fails with its reason: %j, %s', async (name, failure) => {
    const { volunteer } = await serve(name);
    const { id } = await ask(volunteer);
    await eventually(async () => (await read(id, volunteer)).state === 'failed');
    expect((await read(id, volunteer)).failure).toBe(failure);
    await expect(paperOf(id, volunteer)).rejects.toMatchObject(refused('conflict'));
  });

  it('is asked for by staff with consent, and revoked by another officer alone', async () => {
    const { volunteer } = await serve();
    const body = { ...wholeTime, untilOn: days().today, personId: volunteer.personId, consent };
    const assist = (by: PersonPrincipal) => house.call(assistCertificate, { body }, by);
    await expect(assist(house.stranger)).rejects.toMatchObject(refused('not-found'));
    const { id } = await assist(house.officer);
    await eventually(async () => (await read(id, house.officer)).state === 'issued');
    const revoke = (by: PersonPrincipal) =>
      house.call(revokeCertificate, { params: { id }, body: { reason: '时长有误' } }, by);
    await expect(revoke(house.officer)).rejects.toMatchObject(refused('own-revocation'));
    await expect(revoke(house.stranger)).rejects.toMatchObject(refused('not-found'));
    await expect(revoke(volunteer)).rejects.toMatchObject(refused('forbidden'));
    const revoked = await revoke(house.otherOfficer);
    expect(revoked).toMatchObject({ state: 'revoked', isAssisted: true, maskedName: '乌*' });
    await expect(revoke(house.otherOfficer)).rejects.toMatchObject(refused('conflict'));
    const { items } = await house.call(
      listCertificates,
      { query: { state: 'revoked' } },
      house.officer,
    );
    expect(items.map((one) => one.id)).toContain(id);
    const told = (await at.payloadsOf(noticeRequested)).map(({ template }) => template);
    expect(told).toContain('service-record-revoked');
  });
});

const issuer = { issuer: terms.issuer };

describe('the page that checks', () => {
  it('confirms by the symbol, a number or an address, and shows no whole name', async () => {
    const { certificate } = await certify();
    const path = pathOf(certificate.checkUrl);
    const typed = [
      certificate.number,
      certificate.number.toLowerCase().replaceAll('-', ' '),
      certificate.checkUrl ?? '',
    ];
    const ways = [path, ...typed.map((one) => `/c?number=${encodeURIComponent(one)}`)];
    for (const way of ways) {
      const { status, text } = await visit(way);
      expect(status).toBe(200);
      for (const part of ['有效', certificate.number, '乌*', '2 小时', terms.issuer]) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain('乌兰图雅');
      expect(text).not.toContain('清洁河岸');
    }
  });

  it('answers whatever was not issued alike', async () => {
    const [known] = [await serve()];
    const waiting = await ask(known.volunteer);
    const unknown = await visit(`/c/${'0'.repeat(26)}`);
    expect(unknown.status).toBe(404);
    expect(unknown.text).toContain('没有出具过这份证明');
    for (const path of [`/c/${'9'.repeat(26)}`, '/c/x', `/c/${newId()}`]) {
      expect(await visit(path)).toMatchObject({ status: 404, text: unknown.text });
    }
    for (const number of ['7KX-29M-4QT', '<script>', waiting.id]) {
      const { status, text } = await visit(`/c?number=${encodeURIComponent(number)}`);
      expect(status).toBe(404);
      expect(text).not.toContain('<script>');
    }
  });

  it('knows the file that was issued, and no other', async () => {
    const { certificate, paper } = await certify();
    const path = pathOf(certificate.checkUrl);
    const other = await certify();
    for (const where of ['/c', path]) {
      expect((await visit(where, paper)).text).toContain('文件与出具时完全一致');
    }
    const bent = Uint8Array.from(paper);
    bent[bent.length - 40] = (bent[bent.length - 40] ?? 0) ^ 1;
    const forged = await forge(certificate);
    const wrong: [string, Uint8Array][] = [
      ['/c', bent],
      [path, bent],
      ['/c', forged],
      [path, forged],
      [path, other.paper],
    ];
    for (const [where, file] of wrong) {
      const { status, text } = await visit(where, file);
      expect(status).toBe(200);
      expect(text).toContain('这个文件被改动过');
      expect(text).toContain(certificate.number);
      expect(text).not.toContain('完全一致');
      expect(text).not.toContain('>有效<');
    }
    const strange = await visit('/c', Buffer.from('%PDF-1.7 another paper'));
    expect(strange.status).toBe(404);
    expect((await visit('/c', new Uint8Array(0))).status).toBe(400);
  });

  it('reads the symbol of a photo, and says that it compared no more', async () => {
    const { certificate } = await certify();
    const photo = await renderPng(certificate.checkUrl ?? '');
    const { text } = await visit('/c', photo, 'photo.png');
    expect(text).toContain(certificate.number);
    expect(text).toContain('照片里的文字没有比对');
    const elsewhere = await renderPng('https://example.com/');
    expect((await visit('/c', elsewhere, 'photo.png')).status).toBe(404);
  });

  it('says since when it is revoked, also of the file that was issued', async () => {
    const { id, certificate, paper } = await certify();
    const body = { reason: '时长有误' };
    await house.call(revokeCertificate, { params: { id }, body }, house.officer);
    for (const seen of [await visit(pathOf(certificate.checkUrl)), await visit('/c', paper)]) {
      expect(seen.text).toContain('已撤销');
      expect(seen.text).not.toContain('>有效<');
      expect(seen.text).not.toContain(body.reason);
    }
  });

  it('still knows the file when its person was erased, and nothing of the person', async () => {
    const { id, certificate, paper, volunteer } = await certify();
    await house.deliver('volunteering', {
      ...{ eventId: newId(), eventName: personErased.name, producer: 'identity' },
      ...{ payload: { personId: volunteer.personId }, requestId: 'erasure' },
    });
    await eventually(async () => (await visit('/c', paper)).text.includes('***'));
    const { text } = await visit(pathOf(certificate.checkUrl), paper);
    expect(text).toContain('文件与出具时完全一致');
    await expect(paperOf(id, house.officer)).rejects.toMatchObject(refused('conflict'));
  });

  it('forbids scripts, foreign origins and frames, and is kept by nobody', async () => {
    const { headers } = await visit('/c');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    await expect(house.call(listCertificates, {}, anonymous)).rejects.toMatchObject(
      refused('not-signed-in'),
    );
  });
});

/** A paper of the same number and symbol with other hours. */
async function forge({
  number,
  checkUrl,
  issuer: by,
}: {
  number: string;
  checkUrl: string | null;
  issuer: string;
}) {
  const pages = layOutService({
    ...{
      name: '乌兰图雅',
      volunteerNumber: '12345678',
      number,
      issuer: by,
      contact: terms.contact,
    },
    ...{ fromOn: '2026-11-01', untilOn: '2026-11-10', issuedOn: '2026-11-10', lines: [] },
    ...{ verifiedMinutes: 60_000, recordedMinutes: 0, checkAddress: 'localhost:8080/c' },
    matrix: createMatrix(checkUrl ?? '', 'H'),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of renderPdf(pages, `志愿服务记录证明 ${number}`)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const anIssued = "c.state = 'issued' LIMIT 1";
it.each([
  ['V34', `UPDATE volunteering_certificate c SET c.verified_minutes = 6000 WHERE ${anIssued}`],
  [
    'V34',
    "UPDATE volunteering_certificate_item SET minutes = minutes + 60 WHERE kind = 'verified'",
  ],
  ['V34', "UPDATE volunteering_certificate SET from_on = '2026-11-30', until_on = '2026-12-01'"],
  ['V34', "UPDATE volunteering_hours SET minutes = minutes - 1 WHERE kind = 'verified'"],
  ['V35', `UPDATE volunteering_certificate_paper SET sealed = CONCAT(sealed, 'x') LIMIT 1`],
  ['V35', `UPDATE volunteering_certificate c SET c.paper_digest = NULL WHERE ${anIssued}`],
  ['V35', 'DELETE FROM volunteering_certificate_paper LIMIT 1'],
  [
    'V36',
    "UPDATE volunteering_certificate SET number = CONCAT(SUBSTRING(number, 1, 8), IF(SUBSTRING(number, 9, 1) = '0', '1', '0')) LIMIT 1",
  ],
  [
    'V36',
    "UPDATE volunteering_certificate SET token = UPPER(CONCAT('z', SUBSTRING(token, 2))) LIMIT 1",
  ],
  ['V37', "UPDATE volunteering_certificate SET revoked_by = requested_by WHERE state = 'revoked'"],
  ['V37', "UPDATE volunteering_certificate SET revocation = NULL WHERE state = 'revoked'"],
  [
    'V38',
    'UPDATE volunteering_person p JOIN volunteering_certificate c ON c.person_id = p.person_id SET p.left_at = UTC_TIMESTAMP(3)',
  ],
])('%s names what is wrong: %s', async (name, fault) => {
  expect(await house.auditWith(fault)).toContain(name);
});
