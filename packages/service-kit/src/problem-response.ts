import { PrincipalTokenError } from '@ddp/auth/principal-token';
import { CallProblem } from '@ddp/contracts/call';
import { languageOf } from '@ddp/contracts/language';
import { commonProblems, type FieldError, Problem, renderProblem } from '@ddp/contracts/problem';
import { KeyReusedError } from '@ddp/db-kit/command';
import { isDatabaseUnavailable } from '@ddp/db-kit/errors';
import { GroupBusyError } from '@ddp/db-kit/group-commit';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type * as z from 'zod';
import { splitMessage } from './field-messages.ts';
import { isPeerAway } from './peer-away.ts';
import { type RequestState, requestIdHeader } from './request-state.ts';

/** Any thrown thing as a problem; what is not known says nothing of itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof KeyReusedError) return new Problem(commonProblems.keyReused);
  if (error instanceof PrincipalTokenError) return new Problem(commonProblems.notSignedIn);
  if (error instanceof CallProblem) return relayProblem(error);
  if (isPassing(error)) {
    return new Problem(commonProblems.busy, { retryAfterSeconds: 1, cause: error });
  }
  if (error instanceof HTTPException) return fromHttpException(error);
  return new Problem(commonProblems.internal, { cause: error });
}

export function respondProblem(
  context: Context<RequestState>,
  error: unknown,
  requestId: string,
): Response {
  const problem = toProblem(error);
  const language = languageOf(context.req.header('accept-language'));
  const { retryAfterSeconds } = problem.options;
  context.set('hasToldId', true);
  return new Response(JSON.stringify(renderProblem(problem, language, requestId)), {
    status: problem.definition.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      'cache-control': 'no-store',
      [requestIdHeader]: requestId,
      ...(retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
  });
}

/** The refusal of a request that does not fit its schema, one entry a field. */
export function invalidRequest(part: string, error: z.ZodError): Problem {
  return new Problem(commonProblems.invalidRequest, {
    errors: error.issues.flatMap((issue) => toFieldErrors(part, issue)).slice(0, 50),
  });
}

function toFieldErrors(part: string, issue: z.core.$ZodIssue): FieldError[] {
  const at = (...more: string[]) => {
    const keys = [...issue.path, ...more].map(String);
    if (part !== 'body') return keys.join('.');
    if (keys.length === 0) return '';
    return `/${keys.map((key) => key.replace(/~/g, '~0').replace(/\//g, '~1')).join('/')}`;
  };
  if (issue.code === 'unrecognized_keys') {
    const message = { zh: '没有这一项', en: 'unknown field' };
    return issue.keys.map((key) => ({ pointer: at(key), message }));
  }
  return [{ pointer: at(), message: splitMessage(issue.message) }];
}

/** A refusal of another service reaches the person as it is; its troubles do not. */
function relayProblem(error: CallProblem): Problem {
  const { status, title, detail, retryable } = error.document;
  if (status >= 500 || status === 401 || status === 400) {
    return new Problem(commonProblems.busy, { retryAfterSeconds: 1, cause: error });
  }
  return new Problem(
    { slug: error.slug, status, title: { zh: title, en: title }, retryable },
    { ...(detail ? { detail: { zh: detail, en: detail } } : {}), cause: error },
  );
}

/** Troubles of the moment, for which the caller may come back. */
function isPassing(error: unknown): boolean {
  if (error instanceof GroupBusyError || isDatabaseUnavailable(error)) return true;
  return isPeerAway(error) || (error instanceof Error && error.name === 'AbortError');
}

function fromHttpException(error: HTTPException): Problem {
  switch (error.status) {
    case 400:
      return new Problem(commonProblems.invalidRequest, {
        detail: { zh: '提交的内容不是有效的 JSON', en: 'The body is not valid JSON' },
      });
    case 413:
      return new Problem(commonProblems.bodyTooLarge);
    case 504:
      return new Problem(commonProblems.timeout);
    default:
      return new Problem(commonProblems.internal, { cause: error });
  }
}
