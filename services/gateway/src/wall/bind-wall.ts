import { CallProblem } from '@ddp/contracts/call';
import { readAreaMap } from '@ddp/contracts/directory/area-map-routes';
import { lookUpKiosk } from '@ddp/contracts/identity/kiosk-routes';
import type { KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { wallFeedPath, wallMapPath } from '@ddp/contracts/wall/paths';
import type { ModuleContext } from '@ddp/service-kit/module';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { ServiceCaller } from '@ddp/service-kit/service-caller';
import type { GatewayDeps } from '../deps.ts';
import { type GatewayContext, identify } from '../http/identify.ts';
import { askAsKiosk } from './ask-as-kiosk.ts';
import { createWallFeed, type WallFeed } from './feed.ts';
import { createWallReader } from './read-wall.ts';

const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/;

const linkIsOver = {
  zh: '大屏链接已失效，请联系管理人员重新开通',
  en: 'This link is no longer valid: ask for another',
};

/** Asks identity what a token may read; null for one that may not. */
function createLookUp(caller: ServiceCaller) {
  return async (token: string): Promise<KioskPrincipal | null> => {
    try {
      const requestId = crypto.randomUUID();
      return await caller.call(lookUpKiosk, { body: { token } }, { requestId, deadlineMs: 3_000 });
    } catch (error) {
      if (error instanceof CallProblem && error.document.status === 404) return null;
      throw error;
    }
  };
}

/** What a screen on a wall reads: figures as they come, and the map of its area. */
export function bindWall(
  app: ServiceApp,
  deps: GatewayDeps,
  { caller, log }: { caller: ServiceCaller; log: ModuleContext['log'] },
): WallFeed {
  const lookUp = createLookUp(caller);
  const feed = createWallFeed({
    lookUp,
    openReader: (kiosk) => createWallReader(deps, kiosk),
    onError: (error) => log.error({ err: error }, 'the figures of a wall could not be told'),
    everyMs: deps.config.GATEWAY_WALL_EVERY_MS,
    mostMs: 15 * 60_000,
    mostStreams: deps.config.GATEWAY_WALL_STREAMS,
    mostStreamsOfKiosk: 8,
  });

  async function requireKiosk(context: GatewayContext) {
    await identify(deps, context, false);
    const [, token] = bearer.exec(context.req.header('authorization') ?? '') ?? [];
    const kiosk = token === undefined ? null : await lookUp(token);
    if (token === undefined || kiosk === null) {
      throw new Problem(commonProblems.notSignedIn, { detail: linkIsOver });
    }
    return { token, kiosk };
  }

  app.get(wallFeedPath, async (context) => {
    const { token, kiosk } = await requireKiosk(context);
    context.set('hasToldId', true);
    return new Response(await feed.open(token, kiosk), {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // Proxies before us would hold events back.
        'x-accel-buffering': 'no',
      },
    });
  });
  app.get(wallMapPath, async (context) => {
    const { kiosk } = await requireKiosk(context);
    const ask = askAsKiosk(deps, kiosk, context.get('requestId'));
    const params = { code: kiosk.areaCode };
    const { map } = await ask(readAreaMap, { params });
    context.header('cache-control', 'no-store');
    return context.json(map);
  });
  return feed;
}
