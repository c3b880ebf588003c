import { maxPictureText } from '../pictures.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { newPhotoSchema, photoSchema, photosSchema } from './photo-schemas.ts';
import { ratingsProblems } from './problems.ts';

const service = 'ratings';
const { notFound, notSignedIn, tooManyRequests } = commonProblems;

export const uploadPhoto = defineRoute({
  service,
  name: 'upload-photo',
  method: 'POST',
  path: '/v1/photos',
  permission: 'public',
  summary: { zh: '上传评价照片', en: 'Upload a photo for a rating' },
  body: newPhotoSchema,
  bodyLimitBytes: maxPictureText + 1_024,
  status: 201,
  response: photoSchema,
  problems: [notSignedIn, ratingsProblems.photoRefused, tooManyRequests],
});

export const listRatingPhotos = defineRoute({
  service,
  name: 'list-rating-photos',
  method: 'GET',
  path: '/v1/ratings/{id}/photos',
  permission: 'signed-in',
  summary: { zh: '评价的照片', en: 'The photos of a rating' },
  params: idParams,
  status: 200,
  response: photosSchema,
  problems: [notFound],
});

export const readPhoto = defineRoute({
  service,
  name: 'read-photo',
  method: 'GET',
  path: '/v1/photos/{id}',
  permission: 'signed-in',
  summary: { zh: '查看评价照片', en: 'A photo, for its rater and the officers of the area' },
  params: idParams,
  status: 200,
  mediaType: 'image/webp',
  problems: [notFound],
});
