import { render } from 'preact';
import { createApi } from './api.ts';
import { startClock } from './clock.ts';
import { AppView } from './components/AppView.tsx';
import { createConnection } from './connection.ts';
import { createRouter } from './router.ts';
import { createApp } from './state/app.ts';
import { createStorage } from './storage.ts';

const app = createApp({ api: createApi(), router: createRouter(), storage: createStorage(), connect: createConnection });
startClock();
void app.session.load();
const root = document.getElementById('app');
if (root) render(<AppView app={app} />, root);
