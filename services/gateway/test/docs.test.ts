import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GatewayHouse, openGatewayHouse } from './gateway-house.ts';

let house: GatewayHouse;
beforeAll(async () => {
  house = await openGatewayHouse();
});
afterAll(() => house?.stop());

const isOwn = (reference: string) => /^\/(?!\/)/.test(reference);

it('shows the document with parts of this house alone, each of which answers', async () => {
  const answer = await house.fetch('/docs');
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expect(page).not.toMatch(/https?:|\/\//);
  const references = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, one = '']) => one);
  expect(references.filter(isOwn)).toHaveLength(3);
  expect(references.filter((one) => !isOwn(one))).toEqual([]);
  for (const reference of references) {
    const asset = await house.fetch(reference);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('content-type')).toMatch(/^text\/(css|javascript)/);
    expect((await asset.text()).length).toBeGreaterThan(50);
  }
});

it('allows a browser nothing from elsewhere', async () => {
  const policy = (await house.fetch('/docs')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toMatch(/script-src 'self';/);
});

it('has a style sheet that refers to nothing but itself, and a script that reads our document', async () => {
  const style = await (await house.fetch('/docs/swagger-ui.css')).text();
  const references = [...style.matchAll(/url\(["']?([^"')]*)/g)].map(([, one = '']) => one);
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((one) => !one.startsWith('data:'))).toEqual([]);
  expect(style).not.toContain('@import');
  const script = await (await house.fetch('/docs/start.js')).text();
  expect(script).toContain("url: '/openapi.json'");
  expect(script).toContain('validatorUrl: null');
  const document = (await (await house.fetch('/openapi.json')).json()) as { paths: object };
  expect(Object.keys(document.paths).length).toBeGreaterThan(40);
});
