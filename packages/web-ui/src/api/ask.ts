import { CallProblem, call } from '@ddp/contracts/call';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { language } from '../i18n/language.ts';
import { askToSignIn } from '../session/sign-in-demand.ts';

const timeoutMs = 20_000;

interface AskOptions {
  /** Names the command: the same key is the same command, however often it arrives. */
  key?: string;
  /** True where nobody need be signed in, or where an answer 401 is to be told and not mended. */
  isGuest?: boolean;
  signal?: AbortSignal;
}

/** The network gave no answer; what was asked may or may not have happened. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

async function send<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  { key, signal }: AskOptions,
): Promise<RouteResult<R>> {
  const deadline = new AbortController();
  const stop = () => deadline.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop);
  try {
    return await call(route, input, {
      baseUrl: `${location.origin}/api/${route.service}`,
      headers: { 'accept-language': language.value === 'en' ? 'en' : 'zh-CN' },
      signal: deadline.signal,
      ...(key ? { idempotencyKey: key } : {}),
    });
  } catch (error) {
    const isCut = error instanceof TypeError || deadline.signal.aborted;
    throw isCut ? new NoAnswerError('no answer', { cause: error }) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Asks the house. A session that is over is begun anew above the page, which keeps what was typed;
 * then the same is asked again.
 */
export async function ask<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  options: AskOptions = {},
): Promise<RouteResult<R>> {
  try {
    return await send(route, input, options);
  } catch (error) {
    const isOver = error instanceof CallProblem && error.slug === 'not-signed-in';
    if (!isOver || options.isGuest || !(await askToSignIn())) throw error;
    return send(route, input, options);
  }
}
