import { commonProblems, type ProblemDefinition } from '@ddp/contracts/problem';
import { needsKey, type RouteDefinition } from '@ddp/contracts/route';
import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import * as z from 'zod';

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  requestId: z.string(),
  retryable: z.boolean(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

/** A contract route in the form that the OpenAPI generator and the router of Hono take. */
export function routeConfig(route: RouteDefinition): RouteConfig {
  return {
    method: route.method.toLowerCase() as 'get',
    path: route.path,
    operationId: `${route.service}.${route.name}`,
    tags: [route.service],
    summary: `${route.summary.zh} · ${route.summary.en}`,
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(route.body
        ? { body: { required: true, content: { 'application/json': { schema: route.body } } } }
        : {}),
    },
    responses: {
      [route.status]: successResponse(route),
      ...problemResponses([...generalProblems(route), ...route.problems]),
    },
  };
}

/** One OpenAPI 3.1 document over the routes of several services, as a gateway serves them. */
export function createOpenApiDocument(routes: readonly RouteDefinition[]): object {
  const app = new OpenAPIHono();
  for (const route of routes) {
    const config = routeConfig(route);
    const path = `/api/${route.service}${route.path}`;
    app.openAPIRegistry.registerPath(
      createRoute({
        ...config,
        path,
        ...(needsKey(route) ? { parameters: [idempotencyParameter] } : {}),
        'x-permission': route.permission,
      } as RouteConfig),
    );
  }
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: '多多评 · 码上生活', version: '1' },
    servers: [{ url: '/' }],
  });
  return JSON.parse(JSON.stringify(document, withoutFlags)) as object;
}

/** A pattern of JSON Schema is the expression alone, always read as Unicode: no slashes, no flags. */
function withoutFlags(key: string, value: unknown): unknown {
  if (key !== 'pattern' || typeof value !== 'string') return value;
  return /^\/(.*)\/[a-z]*$/s.exec(value)?.[1] ?? value.replace(/(\$)\/[a-z]+$/, '$1');
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: true,
  schema: { type: 'string' as const, format: 'uuid' },
  description: 'Made by the caller; a repeat with the same key gets the first answer.',
};

function successResponse(route: RouteDefinition) {
  const description = route.summary.en;
  if (route.response) {
    return { description, content: { 'application/json': { schema: route.response } } };
  }
  if (route.mediaType) {
    const schema = { type: 'string' as const, format: 'binary' };
    return { description, content: { [route.mediaType]: { schema } } };
  }
  return { description };
}

function generalProblems(route: RouteDefinition): ProblemDefinition[] {
  const { notSignedIn, forbidden, invalidRequest, internal, busy } = commonProblems;
  const access = route.permission === 'public' ? [] : [notSignedIn, forbidden];
  return [invalidRequest, ...access, internal, busy];
}

function problemResponses(problems: readonly ProblemDefinition[]) {
  const byStatus = new Map<number, string[]>();
  for (const problem of problems) {
    byStatus.set(problem.status, [...(byStatus.get(problem.status) ?? []), problem.slug]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, slugs]) => [
      status,
      {
        description: slugs.join(', '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
