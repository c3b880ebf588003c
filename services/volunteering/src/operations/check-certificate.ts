import { formatShortCode, parseShortCode } from '@ddp/qr/short-code';
import { isToken } from '@ddp/qr/token';
import { digestOf } from '../certificate-keys.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { findIssued, type StoredCertificate } from '../store/certificates.ts';

type Deps = Pick<VolunteeringDeps, 'store' | 'symbolReader'>;

/** As little of a certificate as a reader needs to compare it with what they hold. */
export interface CheckedCertificate {
  number: string;
  token: string;
  maskedName: string;
  fromOn: string;
  untilOn: string;
  verifiedMinutes: number;
  recordedMinutes: number;
  issuer: string;
  contact: string;
  issuedOn: string;
  revokedAt: Date | null;
}

/** What became of a file: the one that was issued, another one under its number, or a photo of a symbol. */
export type FileVerdict = 'same' | 'changed' | 'photo';

export interface CheckedFile {
  certificate: CheckedCertificate;
  verdict: FileVerdict;
}

/** Under the token of the symbol; null for what was never issued. */
export async function checkToken(
  { store }: Deps,
  token: string,
): Promise<CheckedCertificate | null> {
  return isToken(token) ? show(await findIssued(store.db, { token })) : null;
}

/** By what somebody typed: a number, or the address that the symbol opens. */
export async function checkTyped(deps: Deps, typed: string): Promise<CheckedCertificate | null> {
  const token = tokenIn(typed);
  if (token !== null) return checkToken(deps, token);
  const number = parseShortCode(typed.replace(/^编号[:：\s]*/u, ''));
  return number === null ? null : show(await findIssued(deps.store.db, { number }));
}

/**
 * Compares a file with the one that was issued, bit for bit by its SHA-256. A file that is another one
 * is known again by the page it is checked on, by the number in its title or by the symbol of a photo.
 * Nothing of it is kept.
 */
export async function checkFile(
  deps: Deps,
  bytes: Uint8Array,
  claimed: string | null,
): Promise<CheckedFile | null> {
  const issued = show(await findIssued(deps.store.db, { paper_digest: digestOf(bytes) }));
  if (issued && (claimed === null || claimed === issued.token)) {
    return { certificate: issued, verdict: 'same' };
  }
  const isPdf = Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-');
  const seen = isPdf ? await findClaimed(deps, bytes) : await findPhotographed(deps, bytes);
  const certificate = claimed === null ? seen : await checkToken(deps, claimed);
  if (!certificate) return null;
  const isPhoto = !isPdf && seen?.token === certificate.token;
  return { certificate, verdict: isPhoto ? 'photo' : 'changed' };
}

async function findPhotographed(deps: Deps, bytes: Uint8Array): Promise<CheckedCertificate | null> {
  const token = tokenIn((await deps.symbolReader.read(bytes)) ?? '');
  return token === null ? null : checkToken(deps, token);
}

const numberForm = /[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}/g;
/** Numbers of a file that are looked up; ours has one. */
const mostClaims = 3;

/** The title of a PDF has two bytes a letter. */
async function findClaimed(deps: Deps, bytes: Uint8Array): Promise<CheckedCertificate | null> {
  const text = Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
  const claims = new Set(
    [...text.matchAll(numberForm)].flatMap(([one]) => parseShortCode(one) ?? []),
  );
  for (const number of [...claims].slice(0, mostClaims)) {
    const found = show(await findIssued(deps.store.db, { number }));
    if (found) return found;
  }
  return null;
}

/** The token of an address that a symbol opens. */
function tokenIn(text: string): string | null {
  const token = /\/c\/([0-9a-z]{26})\/?$/.exec(text.trim())?.[1] ?? '';
  return isToken(token) ? token : null;
}

function show(one: StoredCertificate | null): CheckedCertificate | null {
  if (!one) return null;
  return {
    ...{ number: formatShortCode(one.number), token: one.token, maskedName: one.maskedName },
    ...{ fromOn: one.fromOn, untilOn: one.untilOn, issuer: one.issuer, contact: one.contact },
    ...{ verifiedMinutes: one.verifiedMinutes, recordedMinutes: one.recordedMinutes },
    ...{ issuedOn: one.issuedOn ?? '', revokedAt: one.revokedAt },
  };
}
