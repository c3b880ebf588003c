import { hash, verify } from '@node-rs/argon2';

// argon2id, the library's default, at the least cost that OWASP's password storage page accepts.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let decoy: Promise<string> | undefined;

/** Checks a password; where no hash is stored it takes the same time and says no. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return verify(stored, password);
  decoy ??= hashPassword('nobody has this password');
  await verify(await decoy, password);
  return false;
}

const letters = 'abcdefghjkmnpqrstvwxyz23456789';

/** A password that can be read out: four groups of four, about 78 bits of the given bytes. */
export function readablePassword(bytes: Buffer): string {
  const text = [...bytes.subarray(0, 16)].map((byte) => letters[byte % letters.length]).join('');
  return text.match(/.{4}/g)?.join('-') ?? text;
}
