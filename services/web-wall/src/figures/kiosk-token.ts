import { readKept, writeKept } from '@ddp/web-ui/appearance/kept';
import { onUnmounted, ref } from 'vue';

const name = 'kiosk';
const inFragment = /^#k=([A-Za-z0-9_-]{43})$/;

/** Takes the token out of the address, so that it is not seen or passed on with it. */
function takeFromAddress(): string | null {
  const [, token] = inFragment.exec(location.hash) ?? [];
  if (token === undefined) return null;
  history.replaceState(null, '', location.pathname);
  writeKept(name, token);
  return token;
}

/** The token that this device reads with; another link in the same window brings another. */
export function useKioskToken() {
  const token = ref(takeFromAddress() ?? readKept(name));
  const take = () => {
    token.value = takeFromAddress() ?? token.value;
  };
  addEventListener('hashchange', take);
  onUnmounted(() => removeEventListener('hashchange', take));
  return token;
}
