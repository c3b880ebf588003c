import type { Language, Localized } from './language.ts';

/** One row of a service's catalogue of problems (RFC 9457). */
export interface ProblemDefinition {
  /** Names a state: `insufficient-points`. */
  slug: string;
  status: number;
  title: Localized;
  /** Whether the same request may succeed later without a change. */
  retryable: boolean;
}

export interface FieldError {
  /** JSON pointer into the body, or the name of a parameter. */
  pointer: string;
  message: Localized;
}

export interface ProblemOptions {
  detail?: Localized;
  errors?: FieldError[];
  /** Further members of the document, such as `availableAt`. */
  extensions?: Record<string, string | number | boolean>;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The document a caller gets, `application/problem+json`. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  requestId?: string;
  retryable: boolean;
  errors?: { pointer: string; message: string }[];
  [extension: string]: unknown;
}

/** Thrown by operations: rolls back, and is rendered with its public words only. */
export class Problem extends Error {
  override name = 'Problem';
  readonly definition: ProblemDefinition;
  readonly options: ProblemOptions;

  constructor(definition: ProblemDefinition, options: ProblemOptions = {}) {
    super(`${definition.slug}: ${options.detail?.en ?? definition.title.en}`, {
      cause: options.cause,
    });
    this.definition = definition;
    this.options = options;
  }
}

export const problemTypePrefix = 'urn:ddp:problem:';

export function renderProblem(
  problem: Problem,
  language: Language,
  requestId: string,
): ProblemDocument {
  const { definition, options } = problem;
  return {
    ...options.extensions,
    type: `${problemTypePrefix}${definition.slug}`,
    title: definition.title[language],
    status: definition.status,
    ...(options.detail ? { detail: options.detail[language] } : {}),
    ...(options.errors
      ? {
          errors: options.errors.map(({ pointer, message }) => ({
            pointer,
            message: message[language],
          })),
        }
      : {}),
    requestId,
    retryable: definition.retryable,
  };
}

function define<S extends string>(
  slug: S,
  status: number,
  zh: string,
  en: string,
  retryable = false,
): ProblemDefinition & { slug: S } {
  return { slug, status, title: { zh, en }, retryable };
}

export const defineProblem = define;

/** Problems that any route may answer. */
export const commonProblems = {
  invalidRequest: define('invalid-request', 400, '填写有误', 'The request is not valid'),
  notSignedIn: define('not-signed-in', 401, '请先登录', 'Please sign in'),
  forbidden: define('forbidden', 403, '您没有这项权限', 'You may not do this'),
  notFound: define('not-found', 404, '没有找到', 'Not found'),
  conflict: define(
    'conflict',
    409,
    '当前状态不允许这样做',
    'The present state does not allow this',
  ),
  unknownArea: define('unknown-area', 422, '没有这个区划', 'There is no such area'),
  dayInPast: define(
    'day-in-past',
    422,
    '生效日不能早于今天',
    'It comes into force today at the earliest',
  ),
  tableHasErrors: define(
    'table-has-errors',
    422,
    '表格有错误，未导入任何一行',
    'The table has errors; no row was brought in',
  ),
  tooManyRows: define(
    'too-many-rows',
    422,
    '结果过多，请缩小范围后导出',
    'Too many rows: narrow the filters',
  ),
  keyReused: define(
    'idempotency-key-reused',
    422,
    '同一请求编号已用于其他内容',
    'This Idempotency-Key was used with another request',
  ),
  bodyTooLarge: define('body-too-large', 413, '提交的内容过大', 'The body is too large'),
  unsupportedMediaType: define(
    'unsupported-media-type',
    415,
    '请以 JSON 提交',
    'Send application/json',
  ),
  tooManyRequests: define(
    'too-many-requests',
    429,
    '操作太频繁，请稍后再试',
    'Too many requests',
    true,
  ),
  internal: define('internal-error', 500, '系统出错，请稍后再试', 'Something went wrong', true),
  busy: define('busy', 503, '系统繁忙，请稍后再试', 'The service is busy, try again shortly', true),
  timeout: define('timeout', 504, '处理超时，请稍后再试', 'The request took too long', true),
} as const;
