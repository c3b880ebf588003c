import { createQueryClient } from '@ddp/web-ui/api/query-client';
import { createTexts } from '@ddp/web-ui/i18n/create-texts';
import '@ddp/web-ui/phone/vant-style';
import '@ddp/web-ui/phone/look.css';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './app.vue';
import { router } from './router.ts';
import { words } from './words/words.ts';

createApp(App)
  .use(createTexts(words))
  .use(VueQueryPlugin, { queryClient: createQueryClient() })
  .use(router)
  .mount('#app');
