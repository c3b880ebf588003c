import { languageOf } from '@ddp/contracts/language';
import { areaCodeSchema } from '@ddp/contracts/primitives';
import { commonProblems } from '@ddp/contracts/problem';
import { areaPages } from '@ddp/contracts/ratings/pages';
import { toProblem } from '@ddp/service-kit/problem-response';
import type { RequestState } from '@ddp/service-kit/request-state';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { Context } from 'hono';
import type { RatingsDeps } from '../deps.ts';
import { type AreaTeller, createAreaTeller } from '../operations/area-teller.ts';
import { AreaPage, UnknownAreaPage } from './area-page.tsx';
import { areaPolicy } from './area-style.ts';

/** Binds the public pages about areas. */
export function bindAreaPages(app: ServiceApp, deps: RatingsDeps): void {
  const tell = createAreaTeller(deps);
  const path = areaPages.show.path.replace('{code}', ':code');
  app.get(path, (context) => showArea(tell, context));
}

async function showArea(tell: AreaTeller, context: Context<RequestState>) {
  const language = languageOf(context.req.header('accept-language'));
  context.header('content-security-policy', areaPolicy);
  context.header('x-content-type-options', 'nosniff');
  context.header('referrer-policy', 'same-origin');
  const code = areaCodeSchema.safeParse(context.req.param('code'));
  const unknown = () =>
    context.html(`<!doctype html>${<UnknownAreaPage language={language} />}`, 404);
  if (!code.success) return unknown();
  try {
    const area = await tell(code.data, context.get('requestId'));
    context.header('cache-control', 'public, max-age=60');
    return context.html(`<!doctype html>${<AreaPage area={area} language={language} />}`);
  } catch (error) {
    if (toProblem(error).definition.slug === commonProblems.unknownArea.slug) return unknown();
    throw error;
  }
}
