import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  checkedPlaceSchema,
  newPlaceCodeSchema,
  placeCheckSchema,
  placeCodePageSchema,
  placeCodeQuerySchema,
  placeCodeSchema,
  shownPlaceCodeSchema,
} from './place-codes.ts';
import { codesProblems } from './problems.ts';

const service = 'codes';
const { notFound, conflict, unknownArea } = commonProblems;

export const openPlaceCode = defineRoute({
  service,
  name: 'open-place-code',
  method: 'POST',
  path: '/v1/place-codes',
  permission: 'places.open',
  summary: { zh: '开设签到码', en: 'Open a changing code for a place' },
  body: newPlaceCodeSchema,
  status: 201,
  response: placeCodeSchema,
  problems: [unknownArea],
});

export const listPlaceCodes = defineRoute({
  service,
  name: 'list-place-codes',
  method: 'GET',
  path: '/v1/place-codes',
  permission: 'places.show',
  summary: { zh: '签到码列表', en: 'Places with a changing code' },
  query: placeCodeQuerySchema,
  status: 200,
  response: placeCodePageSchema,
  problems: [],
});

export const readPlaceCode = defineRoute({
  service,
  name: 'read-place-code',
  method: 'GET',
  path: '/v1/place-codes/{id}',
  permission: 'places.show',
  summary: { zh: '当前签到码', en: 'The code that a place shows now' },
  params: idParams,
  status: 200,
  response: shownPlaceCodeSchema,
  problems: [notFound],
});

export const readPlaceCodeSvg = defineRoute({
  service,
  name: 'read-place-code-svg',
  method: 'GET',
  path: '/v1/place-codes/{id}/qr.svg',
  permission: 'places.show',
  summary: { zh: '当前签到码图片', en: 'The code that a place shows now, as SVG' },
  params: idParams,
  status: 200,
  mediaType: 'image/svg+xml',
  problems: [notFound, conflict],
});

export const closePlaceCode = defineRoute({
  service,
  name: 'close-place-code',
  method: 'POST',
  path: '/v1/place-codes/{id}/closing',
  permission: 'places.open',
  summary: { zh: '关闭签到码', en: 'Close the changing code of a place' },
  params: idParams,
  status: 200,
  response: placeCodeSchema,
  problems: [notFound, conflict],
});

export const checkPlaceCode = defineRoute({
  service,
  name: 'check-place-code',
  method: 'POST',
  path: '/v1/place-checks',
  permission: 'service',
  summary: { zh: '核验签到码', en: 'Verify the code of a place for a person' },
  body: placeCheckSchema,
  status: 201,
  response: checkedPlaceSchema,
  problems: [
    codesProblems.placeCodeRefused,
    codesProblems.placeCodeUsed,
    codesProblems.placeNotOpen,
  ],
});
