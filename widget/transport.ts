// A chunk of its own: the composer is usable before it arrives.
export { io } from 'socket.io-client';
