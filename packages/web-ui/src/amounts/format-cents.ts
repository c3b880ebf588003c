/** `¥1,234.50`, of whole cents. */
export function formatCents(cents: number): string {
  return new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' }).format(cents / 100);
}
