import { principalHeader } from '@ddp/auth/principal-token';
import type { Fetch } from '@ddp/contracts/call';
import { buildRequest } from '@ddp/contracts/call';
import type { Post } from '@ddp/contracts/directory/schemas';
import * as routes from '@ddp/contracts/identity/routes';
import type { Principal } from '@ddp/contracts/principal';
import type { RouteDefinition, RouteInput } from '@ddp/contracts/route';
import { createHarness, type Harness, signPrincipal } from '@ddp/testing/module-harness';
import { anonymous, serviceAs } from '@ddp/testing/principals';
import { identityModule } from '../src/module.ts';

const areas = new Map([
  ['1506', '/1506/'],
  ['150603', '/1506/150603/'],
  ['150602', '/1506/150602/'],
]);

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const missing = () =>
  json(404, { type: 'urn:ddp:problem:not-found', title: '没有找到', status: 404 });

/** A directory and a sender of texts that answer by the contract, and what they know. */
function createPeers() {
  const codes = new Map<string, string>();
  const posts = new Map<string, Post>();
  const programmes = new Map<string, { areaCode: string; areaPath: string }>();
  const state = { isSmsDown: false };

  const directory: Fetch = async (request) => {
    const [, , kind = '', id = ''] = new URL(request.url).pathname.split('/');
    const areaPath = areas.get(id);
    if (kind === 'areas' && areaPath) {
      return json(200, { code: id, name: '康巴什区', level: 'banner', parentCode: null, areaPath });
    }
    const post = posts.get(id);
    if (kind === 'posts' && post) return json(200, post);
    const programme = programmes.get(id);
    if (kind === 'programmes' && programme) return json(200, { id, name: '方案', ...programme });
    return missing();
  };
  const notices: Fetch = async (request) => {
    const { phone, params } = (await request.json()) as { phone: string; params: { code: string } };
    if (state.isSmsDown) {
      return json(503, { type: 'urn:ddp:problem:text-not-sent', title: '', status: 503 });
    }
    codes.set(phone, params.code);
    return new Response(null, { status: 204 });
  };
  return { codes, posts, programmes, state, directory, notices };
}

/** Identity at work beside its peers. */
export async function openHouse(environment: Record<string, string> = {}) {
  const { directory, notices, ...known } = createPeers();
  const { codes } = known;
  const house: Harness = await createHarness({
    modules: [identityModule],
    peers: { directory, notices },
    environment: { DDP_DEMO: '1', DDP_DEMO_PASSWORD: 'demo-password', ...environment },
  });

  /** Calls a route and gives the token of the cookie it set. */
  async function callForToken<R extends RouteDefinition>(
    route: R,
    input: RouteInput<R>,
    principal: Principal = anonymous,
  ): Promise<{ status: number; token: string; cookie: string }> {
    const request = buildRequest(route, input, {
      baseUrl: 'http://identity.test',
      headers: { [principalHeader]: signPrincipal('identity', principal) },
    });
    const response = await house.fetchOf('identity')(request);
    const cookie = response.headers.get('set-cookie') ?? '';
    const token = /ddp_session=([^;]*)/.exec(cookie)?.[1] ?? '';
    return { status: response.status, token, cookie };
  }

  const lookUp = (token: string) =>
    house.call(routes.lookUpSession, { body: { token } }, serviceAs('gateway'));

  /** The principal that the gateway would make of a token. */
  async function principalOf(token: string): Promise<Principal> {
    return { kind: 'person', ...(await lookUp(token)), requestId: 'test-request' };
  }

  /** Asks for a code and reads it from the text message. */
  async function drawCode(phone: string): Promise<{ requestId: string; code: string }> {
    const { requestId } = await house.call(routes.requestCode, { body: { phone } }, anonymous);
    return { requestId, code: codes.get(phone) ?? '' };
  }

  async function signInPhone(
    phone: string,
    more: { role?: 'resident' | 'merchant'; areaCode?: string } = { areaCode: '150603' },
    deviceId: string | null = null,
  ) {
    const body = { ...(await drawCode(phone)), phone, ...more };
    const from = { ...anonymous, deviceId } as Principal;
    const { token } = await callForToken(routes.signInByCode, { body }, from);
    return { token, principal: await principalOf(token) };
  }

  async function signInStaff(login: string, password: string) {
    const { token } = await callForToken(routes.signInByPassword, { body: { login, password } });
    return { token, principal: await principalOf(token) };
  }

  return {
    ...house,
    ...known,
    callForToken,
    lookUp,
    principalOf,
    drawCode,
    signInPhone,
    signInStaff,
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

let drawn = 0;

/** A phone number that no other test of this file uses; each has a prefix of its own. */
export function newPhone(): string {
  drawn += 1;
  return `139${String(drawn).padStart(4, '0')}0001`;
}
