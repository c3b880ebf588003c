/** The account of staff that every demo install has; production refuses a database that holds it. */
export const demoOfficer = { login: 'officer', password: 'officer-demo-2026' } as const;
