// Databases of their own on the PostgreSQL server that FOYER_TEST_POSTGRES names (a user who may create databases).
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { OpenOptions } from '../../server/store/open.ts';

export const postgresUrl = process.env['FOYER_TEST_POSTGRES'] ?? '';

/** One empty database, and a connection of its own that sees what is committed and nothing else. */
export interface Place {
  database: OpenOptions;
  /** The directory of a SQLite file; null for a server. */
  dir: string | null;
  /** Runs plain SQL beside the store. Numbers are numbers, as in the store. */
  rows<R = Record<string, unknown>>(sql: string): Promise<R[]>;
}

export async function freshPostgres(): Promise<Place & { drop(): Promise<void> }> {
  const name = `foyer_test_${randomBytes(8).toString('hex')}`;
  await onServer(postgresUrl, `create database ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return {
    database: { postgres: url.href },
    dir: null,
    rows: <R>(sql: string) => onServer<R>(url.href, sql),
    drop: async () => void (await onServer(postgresUrl, `drop database ${name} with (force)`)),
  };
}

async function onServer<R>(connectionString: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows as R[];
  } finally {
    await client.end();
  }
}
