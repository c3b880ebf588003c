import { languageOf } from '@ddp/contracts/language';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { certificatePages, maxCheckBytes } from '@ddp/contracts/volunteering/pages';
import { limitBody } from '@ddp/service-kit/body-limit';
import { toProblem } from '@ddp/service-kit/problem-response';
import type { RequestState } from '@ddp/service-kit/request-state';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { Context } from 'hono';
import type { VolunteeringDeps } from '../deps.ts';
import { checkFile, checkToken, checkTyped } from '../operations/check-certificate.ts';
import { AskPage, CertificatePage } from './certificate-page.tsx';
import { certificatePolicy } from './certificate-style.ts';

type PageContext = Context<RequestState>;

const limit = limitBody(maxCheckBytes);
/** Of the form around a file. */
const formBytes = 16 * 1_024;
/** Longer than any number or address that opens a certificate. */
const longestTyped = 120;

/** Binds the pages that check certificates. Nothing that is sent to them is kept. */
export function bindCertificatePages(app: ServiceApp, deps: VolunteeringDeps): void {
  const path = (pattern: string) => pattern.replace('{token}', ':token');
  app.get(path(certificatePages.ask.path), (context) => ask(deps, context));
  app.post(path(certificatePages.check.path), limit, (context) => compare(deps, context, null));
  app.get(path(certificatePages.show.path), (context) => show(deps, context));
  app.post(path(certificatePages.compare.path), limit, (context) =>
    compare(deps, context, tokenOf(context)),
  );
}

const tokenOf = (context: PageContext): string => context.req.param('token') ?? '';
const languageIn = (context: PageContext) => languageOf(context.req.header('accept-language'));

function send(context: PageContext, page: unknown, status: 200 | 400 | 404 | 503 = 200) {
  context.header('content-security-policy', certificatePolicy);
  context.header('referrer-policy', 'same-origin');
  context.header('x-content-type-options', 'nosniff');
  context.header('cache-control', 'no-store');
  return context.html(`<!doctype html>${page}`, status);
}

/** The form, or what a typed number leads to. */
async function ask(deps: VolunteeringDeps, context: PageContext) {
  const language = languageIn(context);
  const typed = (context.req.query('number') ?? '').slice(0, longestTyped);
  if (typed.trim() === '') return send(context, <AskPage language={language} />);
  const certificate = await checkTyped(deps, typed);
  if (!certificate) return sendUnknown(context, typed);
  return send(context, <CertificatePage {...{ certificate, language, verdict: null }} />);
}

async function show(deps: VolunteeringDeps, context: PageContext) {
  const certificate = await checkToken(deps, tokenOf(context));
  if (!certificate) return sendUnknown(context);
  const language = languageIn(context);
  return send(context, <CertificatePage {...{ certificate, language, verdict: null }} />);
}

/** One answer to whatever was not issued, wherever it comes from. */
function sendUnknown(context: PageContext, typed = '') {
  const page = { language: languageIn(context), typed, fault: 'unknown' } as const;
  return send(context, <AskPage {...page} />, 404);
}

async function compare(deps: VolunteeringDeps, context: PageContext, claimed: string | null) {
  const language = languageIn(context);
  const type = context.req.header('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    throw new Problem(commonProblems.unsupportedMediaType);
  }
  const { file } = await context.req.parseBody();
  const isFit = file instanceof File && file.size > 0 && file.size <= maxCheckBytes - formBytes;
  if (!isFit) return send(context, <AskPage language={language} fault="tooLarge" />, 400);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const checked = await checkFile(deps, bytes, claimed).catch((error: unknown) => {
    if (toProblem(error).definition.status === 503) return 'busy' as const;
    throw error;
  });
  if (checked === 'busy') return send(context, <AskPage language={language} fault="busy" />, 503);
  if (!checked) return sendUnknown(context);
  return send(context, <CertificatePage {...{ ...checked, language }} />);
}
