import { createQueryClient } from '@ddp/web-ui/api/query-client';
import { createTexts } from '@ddp/web-ui/i18n/create-texts';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import DeskApp from './parts/desk-app.vue';
import { router } from './router.ts';
import { words } from './words/words.ts';

createApp(DeskApp)
  .use(createTexts(words))
  .use(VueQueryPlugin, { queryClient: createQueryClient() })
  .use(router)
  .mount('#app');
