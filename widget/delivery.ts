// A chunk of its own, fetched when the panel opens: the composer is usable before it arrives.
export { io } from 'socket.io-client';
export { openOutboxStore } from './outbox-store.ts';
