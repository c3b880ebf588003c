/** Every service that may be addressed, by the name in its path, its schema and its queue. */
export const serviceNames = [
  'identity',
  'directory',
  'codes',
  'ratings',
  'points',
  'rewards',
  'notices',
  'volunteering',
] as const;

export type ServiceName = (typeof serviceNames)[number];
