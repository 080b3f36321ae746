import { signal } from '@preact/signals';
import type { ComponentChild, ComponentType } from 'preact';
import { useApp } from '../app.ts';
import { tracked } from './tracked.ts';

interface Part<P> {
  View: ComponentType<P> | ((props: P) => ComponentChild);
  css: string;
}

/** A part in a chunk of its own, fetched when it is first shown. Where it does not arrive it is asked for again at the next showing. */
export function lazy<P extends object>(load: () => Promise<Part<P>>): ComponentType<P> {
  const part = signal<Part<P> | null>(null);
  let loading = false;
  return tracked((props: P) => {
    const { addStyles } = useApp();
    const View = part.value?.View;
    if (View) return <View {...props} />;
    if (!loading) {
      loading = true;
      load()
        .then((loaded) => {
          addStyles(loaded.css);
          part.value = loaded;
        })
        .catch((error) => console.error('[Foyer]', error))
        .finally(() => (loading = false));
    }
    return null;
  });
}
