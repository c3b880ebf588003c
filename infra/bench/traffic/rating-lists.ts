import { createSigner, personAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';

/** Each request is the first page of an officer's list, of one level or of all. */
export function createTraffic(config: {
  masterKey: string;
  areaPath: string;
  programmeId: string;
}): () => LoadRequest {
  const { masterKey, areaPath, programmeId } = config;
  const sign = createSigner(masterKey, 'ratings');
  return () => {
    const officer = personAs('community-officer', { areaPath, programmeId });
    const level = Math.floor(Math.random() * 3);
    return { path: `/v1/ratings${level === 0 ? '' : `?level=${level}`}`, headers: sign(officer) };
  };
}
