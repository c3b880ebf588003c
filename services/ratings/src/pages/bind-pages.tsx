import { randomUUID } from 'node:crypto';
import { reportCode } from '@ddp/contracts/codes/routes';
import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { codeReportSchema } from '@ddp/contracts/codes/schemas';
import { type Language, languageOf } from '@ddp/contracts/language';
import { idSchema } from '@ddp/contracts/primitives';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { scanPages } from '@ddp/contracts/ratings/pages';
import { levelSchema } from '@ddp/contracts/ratings/question-schemas';
import { newRatingSchema } from '@ddp/contracts/ratings/schemas';
import { toProblem } from '@ddp/service-kit/problem-response';
import type { RequestState } from '@ddp/service-kit/request-state';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { RatingsDeps } from '../deps.ts';
import { type QuestionSet, reasonsFor } from '../domain/question-set.ts';
import { readQuestionSet } from '../operations/read-question-set.ts';
import { readScan } from '../operations/scan-reader.ts';
import { submitRating } from '../operations/submit-rating.ts';
import { isVisit } from './is-visit.ts';
import { InvalidPage, MessagePage, ReportPage } from './plain-pages.tsx';
import { type RatingForm, ScanPage } from './scan-page.tsx';
import { contentSecurityPolicy } from './style.ts';
import { text } from './texts.ts';

type PageContext = Context<RequestState>;

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** The form as a browser sends it; whatever is wrong in it comes back as a page, with what was typed. */
const formSchema = z.object({
  key: idSchema.catch(() => randomUUID()),
  version: z.coerce.number().int().min(0).optional().catch(undefined),
  level: z.coerce.number().pipe(levelSchema).optional().catch(undefined),
  reasons: list.pipe(newRatingSchema.shape.reasons.unwrap()).catch([]),
  words: z
    .string()
    .transform((words) => words.replaceAll('\r\n', '\n').trim())
    .catch(''),
});
const wordsSchema = newRatingSchema.shape.words.unwrap();

/** Binds the pages of a scanned code. A GET changes nothing; a POST leads on to a GET. */
export function bindPages(app: ServiceApp, deps: RatingsDeps): void {
  const path = (pattern: string) => pattern.replace('{token}', ':token');
  const limit = bodyLimit({ maxSize: 16 * 1024 });
  app.get(path(scanPages.show.path), (context) => showScan(deps, context));
  app.post(path(scanPages.rate.path), limit, (context) => rate(deps, context));
  app.get(path(scanPages.thanks.path), (context) => thank(context));
  app.get(path(scanPages.askReport.path), (context) => askReport(context));
  app.post(path(scanPages.report.path), limit, (context) => report(deps, context));
}

function pageOf(context: PageContext): { token: string; language: Language; requestId: string } {
  return {
    token: encodeURIComponent(context.req.param('token') ?? ''),
    language: languageOf(context.req.header('accept-language')),
    requestId: context.get('requestId'),
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
  const form: RatingForm = { key: randomUUID(), level: null, reasons: [], words: '' };
  const questions = await readQuestionSet(deps, scan.programmeId);
  const shown = { ...page, scan, questions, form };
  return send(context, <ScanPage {...shown} error={null} />);
}

async function rate(deps: RatingsDeps, context: PageContext) {
  const page = pageOf(context);
  const scan = await resolve(deps, context);
  if (!scan) return send(context, <InvalidPage {...page} />, 404);
  const sent = formSchema.parse(await readForm(context));
  const { key, level, words, version } = sent;
  const questions = await readQuestionSet(deps, scan.programmeId);
  const reasons = fittingReasons(questions, version, level, sent.reasons);
  const form = { key, level: level ?? null, reasons, words };
  const again = (error: string, status: 400 | 409 | 503) =>
    send(context, <ScanPage {...{ ...page, scan, questions, form, error }} />, status);
  if (level === undefined) return again(text('chooseFirst', page.language), 400);
  if (!wordsSchema.safeParse(words).success) {
    return again(text('wordsTooLong', page.language), 400);
  }
  const principal = context.get('principal');
  const body = newRatingSchema.parse({
    token: context.req.param('token') ?? '',
    ...{ level, reasons, words, questionVersion: version },
  });
  try {
    await submitRating(deps, { principal, key }, { body });
  } catch (error) {
    const problem = toProblem(error);
    const { status, title } = problem.definition;
    if (status === 404) return send(context, <InvalidPage {...page} />, 404);
    if (status >= 500) return again(title[page.language], 503);
    return send(
      context,
      <MessagePage title={title[page.language]} lines={[]} language={page.language} />,
      409,
    );
  }
  const as = principal.kind === 'person' ? 'resident' : 'guest';
  return context.redirect(`/e/${page.token}/thanks?as=${as}`, 303);
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
  return send(context, <MessagePage title={title} lines={[line]} language={language} />);
}

function askReport(context: PageContext) {
  return send(context, <ReportPage {...pageOf(context)} formKey={randomUUID()} />);
}

async function report(deps: RatingsDeps, context: PageContext) {
  const { token, requestId } = pageOf(context);
  const formShape = codeReportSchema.extend({ key: idSchema });
  const parsed = formShape.safeParse(await readForm(context));
  if (!parsed.success) throw new Problem(commonProblems.invalidRequest, { cause: parsed.error });
  const { key, ...body } = parsed.data;
  const params = { token: (context.req.param('token') ?? '').slice(0, 64) };
  await deps.caller.call(reportCode, { params, body }, { requestId, key });
  return context.redirect(`/e/${token}/thanks?as=reported`, 303);
}

async function readForm(context: PageContext): Promise<Record<string, unknown>> {
  const type = context.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw new Problem(commonProblems.unsupportedMediaType);
  }
  return context.req.parseBody({ all: true });
}
