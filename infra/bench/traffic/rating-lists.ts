import { createSigner, personAs } from '../../principals.ts';
import type { LoadRequest } from '../load/load.ts';

const filters = ['', '?level=1', '?level=2', '?state=withdrawn', '?wordsState=hidden'];

/** Each request is the first page of an officer's list: all, a level, or what hardly ever happens. */
export function createTraffic(config: {
  masterKey: string;
  areaPath: string;
  programmeId: string;
}): () => LoadRequest {
  const { masterKey, areaPath, programmeId } = config;
  const sign = createSigner(masterKey, 'ratings');
  return () => {
    const officer = personAs('community-officer', { areaPath, programmeId });
    const filter = filters[Math.floor(Math.random() * filters.length)];
    return { path: `/v1/ratings${filter}`, headers: sign(officer) };
  };
}
