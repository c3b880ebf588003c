import { createSteadySigner, serviceAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';
import { tokenOf } from '../prepare/load-codes.ts';

export interface ScansConfig {
  /** Codes that were loaded. */
  codes: number;
  /** Before the token: `/v1/resolved-scans/`. */
  path: string;
  /** Where the route wants a principal. */
  masterKey?: string;
  /** Reads each code once in turn, instead of some more often than others. */
  isWalk?: boolean;
}

/** Reads codes as people scan them: eight of ten requests go to a fifth of the codes. */
export function createTraffic(config: ScansConfig): () => LoadRequest {
  const { codes, path, masterKey, isWalk } = config;
  const sign =
    masterKey === undefined
      ? () => ({})
      : createSteadySigner(masterKey, 'codes', serviceAs('ratings'));
  const hot = Math.floor(codes / 5);
  const draw = () =>
    Math.random() < 0.8
      ? Math.floor(Math.random() * hot)
      : hot + Math.floor(Math.random() * (codes - hot));
  let walked = 0;
  return () => {
    const index = isWalk ? walked++ % codes : draw();
    return { method: 'GET', path: `${path}${tokenOf(index)}`, headers: sign() };
  };
}
