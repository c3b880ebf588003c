/** Version of the wording a resident agrees to when joining; apart from the schemas, for screens. */
export const consentVersion = '2026-11';
