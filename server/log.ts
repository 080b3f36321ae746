import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LogLevel } from './config.ts';

/** One JSON object a line, to stderr unless told otherwise: stdout belongs to what the operator is told at the start. */
export function createLog(level: LogLevel, to: DestinationStream = pino.destination(2)): Logger {
  // pino knows an error under `err` only; under `error` it would write {}.
  return pino({ level, serializers: { error: pino.stdSerializers.err } }, to);
}
