// A page whose code comes when it is opened: its shape while it loads, words and a way on where it does not.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface LazyProps<P> {
  load(): Promise<ComponentType<P>>;
  props: P;
}

export function Lazy<P extends object>({ load, props }: LazyProps<P>): JSX.Element {
  // A component is a function: kept in an object, so that the state setter does not call it.
  const [state, setState] = useState<{ Page: ComponentType<P> } | 'loading' | 'failed'>('loading');
  const fetch = (): void => {
    setState('loading');
    load().then(
      (Page) => setState({ Page }),
      () => setState('failed'),
    );
  };
  useEffect(fetch, []);
  if (state === 'loading') return <PageSkeleton />;
  if (state === 'failed') return <LoadFailure retry={fetch} />;
  const { Page } = state;
  return <Page {...props} />;
}

/** Shaped like what comes; seen only where it takes a while. */
export function PageSkeleton(): JSX.Element {
  return (
    <div class="page-skeleton is-late" role="status" aria-label="Loading the page">
      {[28, 64, 52, 70, 46].map((width, index) => (
        <span key={index} class="bone" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

function LoadFailure({ retry }: { retry(): void }): JSX.Element {
  return (
    <div class="empty" role="alert">
      <h2>The page could not be loaded</h2>
      <p>The connection was lost, or a new version was installed meanwhile. Nothing was changed.</p>
      <div class="empty-actions">
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
        <button type="button" class="button button-quiet" onClick={() => window.location.reload()}>
          Reload the inbox
        </button>
      </div>
    </div>
  );
}
