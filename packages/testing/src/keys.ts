/** The master key of every test install: never a secret. */
export const testMasterKey = `test:${Buffer.alloc(32, 7).toString('base64')}`;
