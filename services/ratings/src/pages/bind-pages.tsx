import { randomUUID } from 'node:crypto';
import { reportCode } from '@ddp/contracts/codes/routes';
import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { codeReportSchema } from '@ddp/contracts/codes/schemas';
import { languageOf } from '@ddp/contracts/language';
import { idSchema } from '@ddp/contracts/primitives';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { scanPages } from '@ddp/contracts/ratings/pages';
import { mostPhotos } from '@ddp/contracts/ratings/photo-schemas';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import { newRatingSchema } from '@ddp/contracts/ratings/schemas';
import { toProblem } from '@ddp/service-kit/problem-response';
import type { RequestState } from '@ddp/service-kit/request-state';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { Context } from 'hono';
import type { RatingsDeps } from '../deps.ts';
import { type QuestionSet, reasonsFor } from '../domain/question-set.ts';
import { keepFormPhoto } from '../operations/keep-photos.ts';
import { readQuestionSet } from '../operations/read-question-set.ts';
import { readScan } from '../operations/scan-reader.ts';
import { submitRating } from '../operations/submit-rating.ts';
import { isVisit } from './is-visit.ts';
import { InvalidPage, MessagePage, ReportPage } from './plain-pages.tsx';
import {
  formWordsSchema,
  limitForm,
  readForm,
  readRatingForm,
  type SentForm,
} from './rating-form.ts';
import { type RatingForm, ScanPage } from './scan-page.tsx';
import { senderMark } from './sender-mark.ts';
import { contentSecurityPolicy } from './style.ts';
import { type TextName, text } from './texts.ts';

type PageContext = Context<RequestState>;

/** Binds the pages of a scanned code. A GET changes nothing; a POST leads on to a GET. */
export function bindPages(app: ServiceApp, deps: RatingsDeps): void {
  const path = (pattern: string) => pattern.replace('{token}', ':token');
  app.get(path(scanPages.show.path), (context) => showScan(deps, context));
  app.post(path(scanPages.rate.path), limitForm, (context) => rate(deps, context));
  app.get(path(scanPages.thanks.path), (context) => thank(context));
  app.get(path(scanPages.askReport.path), (context) => askReport(context));
  app.post(path(scanPages.report.path), limitForm, (context) => report(deps, context));
}

function pageOf(context: PageContext) {
  const principal = context.get('principal');
  return {
    token: encodeURIComponent(context.req.param('token') ?? ''),
    language: languageOf(context.req.header('accept-language')),
    requestId: context.get('requestId'),
    isSignedIn: principal.kind === 'person',
    mark: senderMark(principal),
  };
}

function send(context: PageContext, page: unknown, status: 200 | 400 | 404 | 409 | 503 = 200) {
  context.header('content-security-policy', contentSecurityPolicy);
  // Without a referrer to its own site a browser would send its form as from nowhere.
  context.header('referrer-policy', 'same-origin');
  context.header('x-content-type-options', 'nosniff');
  context.header('cache-control', 'no-store');
  return context.html(`<!doctype html>${page}`, status);
}

/** The scanned subject, or null for whatever is not in force. */
async function resolve(deps: RatingsDeps, context: PageContext): Promise<ResolvedScan | null> {
  const token = context.req.param('token') ?? '';
  const { requestId } = pageOf(context);
  if (token.length > 64) return null;
  try {
    return await deps.resolveScan(token, requestId);
  } catch (error) {
    if (error instanceof Problem && error.definition.status === 404) return null;
    throw error;
  }
}

async function showScan(deps: RatingsDeps, context: PageContext) {
  const page = pageOf(context);
  const token = context.req.param('token') ?? '';
  const isCounted = token.length <= 64 && isVisit(context.req.raw);
  const scan = isCounted
    ? await readScan(deps.caller, token, page.requestId, true)
    : await resolve(deps, context);
  if (!scan) return send(context, <InvalidPage {...page} />, 404);
  const form: RatingForm = {
    key: randomUUID(),
    level: null,
    reasons: [],
    words: '',
    isNamed: false,
  };
  const questions = await readQuestionSet(deps, scan.programmeId);
  const shown = { ...page, scan, questions, form, error: null };
  return send(context, <ScanPage {...shown} />);
}

async function rate(deps: RatingsDeps, context: PageContext) {
  const page = pageOf(context);
  const scan = await resolve(deps, context);
  if (!scan) return send(context, <InvalidPage {...page} />, 404);
  const sent = await readRatingForm(context.req);
  const { key, level, words, version, photos } = sent;
  const questions = await readQuestionSet(deps, scan.programmeId);
  const reasons = fittingReasons(questions, version, level, sent.reasons);
  const isNamed = sent.named === '1' && page.isSignedIn;
  const form = { key, level: level ?? null, reasons, words, isNamed };
  const again = (error: string, status: 400 | 409 | 503) =>
    send(context, <ScanPage {...{ ...page, scan, questions, form, error }} />, status);
  if (sent.mark !== undefined && sent.mark !== page.mark) {
    return again(text(page.isSignedIn ? 'asPersonNow' : 'asGuestNow', page.language), 409);
  }
  const fault = findFault(sent);
  if (fault) return again(text(fault, page.language), 400);
  const principal = context.get('principal');
  try {
    const photoIds = await keepPhotos(deps, principal, key, photos);
    const body = newRatingSchema.parse({
      token: context.req.param('token') ?? '',
      ...{ level, reasons, words, questionVersion: version, isNamed, photoIds },
    });
    const rating = await submitRating(deps, { principal, key }, { body });
    const as = principal.kind === 'person' ? 'resident' : 'guest';
    const review = rating.wordsState === 'in-review' ? '&words=in-review' : '';
    return context.redirect(`/e/${page.token}/thanks?as=${as}${review}`, 303);
  } catch (error) {
    const { definition } = toProblem(error);
    const { status, slug } = definition;
    const title = definition.title[page.language];
    if (status === 404) return send(context, <InvalidPage {...page} />, 404);
    if (status >= 500 || status === 429) return again(title, 503);
    if (mendable.has(slug)) return again(title, 409);
    return send(context, <MessagePage title={title} lines={[]} language={page.language} />, 409);
  }
}

/** Faults that the rater mends in the form, which keeps what was typed. */
const mendable = new Set<string>([
  ratingsProblems.photoRefused.slug,
  ratingsProblems.questionsOutdated.slug,
  ratingsProblems.reasonMismatch.slug,
]);

function findFault({ level, words, photos }: SentForm): TextName | null {
  if (level === undefined) return 'chooseFirst';
  if (!formWordsSchema.safeParse(words).success) return 'wordsTooLong';
  return photos.length > mostPhotos ? 'tooManyPhotos' : null;
}

/** Each photo by a key that follows from the form's, so that a form sent twice brings each once. */
async function keepPhotos(
  deps: RatingsDeps,
  principal: Principal,
  key: string,
  photos: readonly File[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, photo] of photos.entries()) {
    const bytes = Buffer.from(await photo.arrayBuffer());
    ids.push((await keepFormPhoto(deps, principal, { key, index }, bytes)).id);
  }
  return ids;
}

/**
 * Without its script the page cannot uncheck what no longer fits the level. Those of a version that
 * is not in force any more are judged where they are taken.
 */
function fittingReasons(
  questions: QuestionSet,
  version: number | undefined,
  level: number | undefined,
  chosen: readonly string[],
): readonly string[] {
  if (version !== undefined && version !== questions.version) return chosen;
  const fitting = reasonsFor(questions, level ?? 3).map((reason) => reason.code);
  return chosen.filter((reason) => fitting.includes(reason));
}

function thank(context: PageContext) {
  const { language } = pageOf(context);
  const as = context.req.query('as');
  if (as === 'skipped' || as === 'reported') {
    const title = text(as === 'skipped' ? 'skipped' : 'reportThanks', language);
    return send(context, <MessagePage title={title} lines={[]} language={language} />);
  }
  const line = text(as === 'resident' ? 'thanksResident' : 'thanksGuest', language);
  const title = text('thanks', language);
  const isInReview = context.req.query('words') === 'in-review';
  const lines = isInReview ? [line, text('wordsInReview', language)] : [line];
  return send(context, <MessagePage title={title} lines={lines} language={language} />);
}

function askReport(context: PageContext) {
  return send(context, <ReportPage {...pageOf(context)} formKey={randomUUID()} />);
}

async function report(deps: RatingsDeps, context: PageContext) {
  const { token, requestId } = pageOf(context);
  const formShape = codeReportSchema.extend({ key: idSchema });
  const parsed = formShape.safeParse(await readForm(context.req));
  if (!parsed.success) throw new Problem(commonProblems.invalidRequest, { cause: parsed.error });
  const { key, ...body } = parsed.data;
  const params = { token: (context.req.param('token') ?? '').slice(0, 64) };
  await deps.caller.call(reportCode, { params, body }, { requestId, key });
  return context.redirect(`/e/${token}/thanks?as=reported`, 303);
}
