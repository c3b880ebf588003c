/** Crockford's base 32: no I, L, O (taken for 1, 1 and 0) and no U. */
export const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
