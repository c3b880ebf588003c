import { createHash, randomBytes } from 'node:crypto';

export interface SessionToken {
  /** What the browser holds. */
  token: string;
  /** What the database holds. */
  tokenHash: Buffer;
}

/** A session's secret: 256 random bits. */
export function drawToken(): SessionToken {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
