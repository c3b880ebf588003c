import type * as z from 'zod';
import type { Localized } from './language.ts';
import type { Permission } from './permission.ts';
import type { ProblemDefinition } from './problem.ts';
import type { ServiceName } from './service-name.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The contract of one endpoint: everything a caller, a server and a document need to know. */
export interface RouteDefinition {
  service: ServiceName;
  /** Unique in its service, verb and noun: `submit-rating`. */
  name: string;
  method: Method;
  /** `/v1/holds/{id}/postings` */
  path: string;
  permission: Permission;
  summary: Localized;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Status of success, and the schema of its JSON or the media type of its bytes. */
  status: 200 | 201 | 202 | 204;
  response?: z.ZodType;
  mediaType?: string;
  problems: readonly ProblemDefinition[];
  /** True for commands that make no record and may be repeated freely, such as signing out. */
  isKeyless?: boolean;
  bodyLimitBytes?: number;
}

export type InferInput<S> = S extends z.ZodType ? z.input<S> : never;
export type InferOutput<S> = S extends z.ZodType ? z.output<S> : never;

type Part<R, K extends 'params' | 'query' | 'body'> = R extends { [P in K]: infer S } ? S : never;

type Present<K extends string, S, V> = [S] extends [never] ? object : { [P in K]: V };

/** What a caller gives: `{ params, query, body }`, each only where the route has it. */
export type RouteInput<R extends RouteDefinition> = Present<
  'params',
  Part<R, 'params'>,
  InferInput<Part<R, 'params'>>
> &
  ([Part<R, 'query'>] extends [never] ? object : { query?: InferInput<Part<R, 'query'>> }) &
  Present<'body', Part<R, 'body'>, InferInput<Part<R, 'body'>>>;

/** What a handler gets, checked and with defaults. */
export type RouteRequest<R extends RouteDefinition> = Present<
  'params',
  Part<R, 'params'>,
  InferOutput<Part<R, 'params'>>
> &
  Present<'query', Part<R, 'query'>, InferOutput<Part<R, 'query'>>> &
  Present<'body', Part<R, 'body'>, InferOutput<Part<R, 'body'>>>;

/** What a route answers on success: JSON by its schema, else nothing or bytes. */
export type RouteResult<R extends RouteDefinition> = R extends { response: infer S }
  ? InferOutput<S>
  : R extends { mediaType: string }
    ? Uint8Array<ArrayBuffer>
    : undefined;

/** What a handler may answer: bytes also by and by, so that they need not be held at once. */
export type RouteAnswer<R extends RouteDefinition> =
  | RouteResult<R>
  | (R extends { mediaType: string } ? ReadableStream<Uint8Array<ArrayBuffer>> : never);

/** Makes a route; the type keeps each part exact, so that the client and the server follow it. */
export function defineRoute<const R extends RouteDefinition>(route: R): R {
  return route;
}

/** Whether a call must carry an Idempotency-Key: every POST that changes something. */
export function needsKey(route: RouteDefinition): boolean {
  return route.method !== 'GET' && route.isKeyless !== true;
}
