import type { Tx } from '../../server/store/query.ts';
import type { ScopedStore, Store } from '../../server/store/store.ts';

/** Whatever goes through the store from now on is given its transaction by `watch`. */
export function watchStore(store: Store, watch: (tx: Tx) => Tx): void {
  const open = store.in;
  store.in = (id): ScopedStore => {
    const scope = open(id);
    return {
      read: (work) => scope.read((tx) => work(watch(tx))),
      write: (work, committed, wanted) => scope.write((tx) => work(watch(tx)), committed, wanted),
    };
  };
}
