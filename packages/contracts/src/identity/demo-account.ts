const password = 'officer-demo-2026';

/**
 * The accounts of staff that every demo install has; production refuses a database that holds them.
 * Three, as what one proposes another approves, and a third answers objections to.
 */
export const demoStaff = [
  { login: 'officer', password, name: '演示工作人员甲' },
  { login: 'officer2', password, name: '演示工作人员乙' },
  { login: 'officer3', password, name: '演示工作人员丙' },
] as const;

export const [demoOfficer] = demoStaff;
