// Headers that keep pages from being framed, sniffed or made to run what we did not write.
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { HttpOptions } from './context.ts';

/** For our own pages. No inline script or style; pictures of people come from anywhere by https. */
const policy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:', 'https:'],
  'connect-src': ["'self'", 'ws:', 'wss:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

export function protect({ publicUrl }: HttpOptions): RequestHandler {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  return helmet({
    // Not helmet's defaults: `upgrade-insecure-requests` would break a server reached by http in a local network.
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    // Both mean something on https only, and the second is a warning in the console elsewhere.
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
