// The snippet's target: queues calls, draws the launcher, imports the rest when it is wanted. Built as a classic script.
import { createLoader } from './create-loader.ts';
import type { AppModule } from './handoff.ts';

createLoader({
  script: document.currentScript as HTMLScriptElement,
  version: __FOYER_VERSION__,
  importApp: (server) => import(/* @vite-ignore */ `${server}/${__FOYER_APP__}`) as Promise<AppModule>,
});
