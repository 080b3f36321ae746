// A chunk of its own, fetched when the panel opens: the composer is usable before it arrives.
import { io } from 'socket.io-client';
import { createDelivery, type Delivery, type DeliveryDeps } from './create-delivery.ts';
import { openOutboxStore } from './outbox-store.ts';

export const deliver = (deps: DeliveryDeps): Delivery => createDelivery(deps, { io, openOutboxStore });
