// The built pages and files: the widget for everybody's pages, the inbox for our own.
import { Router } from 'express';
import { sendAsset } from './assets.ts';
import type { HttpContext } from './context.ts';

/** The loader's name never changes; a new version is seen after this, and at once by who asks with the ETag. */
const loaderCache = 'public, max-age=300, stale-while-revalidate=86400';
const pageCache = 'no-cache';

export function staticPages({ assets }: HttpContext): Router {
  const router = Router();
  router.get('/', (_req, res) => res.redirect(302, '/inbox'));

  router.get(['/inbox', '/inbox/{*path}', '/setup', '/setup/'], (req, res, next) => {
    const name = req.path.startsWith('/inbox/') ? req.path.slice('/inbox/'.length) : '';
    const file = assets.find('inbox', name);
    if (file && name !== 'index.html') return sendAsset(req, res, file, 'public, max-age=300');
    if (/\.\w+$/.test(name)) return next();
    const page = assets.find('inbox', 'index.html');
    if (page) return sendAsset(req, res, page, pageCache);
    res.status(503).type('text/plain').send('The inbox is not built: npm run build\n');
  });

  router.get('/{*path}', (req, res, next) => {
    const file = assets.find('widget', req.path.slice(1));
    if (!file) return next();
    // Host pages of other origins run these: as a script, and as modules, which are fetched with CORS.
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.removeHeader('Content-Security-Policy');
    sendAsset(req, res, file, loaderCache);
  });
  return router;
}
