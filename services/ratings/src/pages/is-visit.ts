const programs =
  /bot|crawl|spider|slurp|scan|preview|monitor|headless|curl|wget|python|java|okhttp|go-http|node|axios|fetch|http-?client/i;

/**
 * Whether a person looks at the page: what programs ask for, what a browser fetches ahead, and
 * HEAD are none. Nothing of this is kept.
 */
export function isVisit(request: { method: string; headers: Headers }): boolean {
  const agent = request.headers.get('user-agent') ?? '';
  const purpose = `${request.headers.get('sec-purpose')} ${request.headers.get('purpose')}`;
  return (
    request.method === 'GET' &&
    agent.startsWith('Mozilla/') &&
    !programs.test(agent) &&
    !/prefetch|prerender|preview/.test(purpose)
  );
}
