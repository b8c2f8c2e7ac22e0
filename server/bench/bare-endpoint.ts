/** What webhooks are measured beside: a bare Fastify that writes the body of each call as one row. Prints its URL. */
import { fastify } from 'fastify';
import { Pool } from 'pg';

const [databaseUrl = ''] = process.argv.slice(2);
const database = new Pool({ connectionString: databaseUrl, max: 10 });
await database.query(
  'create table if not exists bare (id bigint generated always as identity, body jsonb not null)',
);
const app = fastify();
app.post('/elements/api-v2/bare', async (request) => {
  const { rows } = await database.query('insert into bare (body) values ($1) returning id', [request.body]);
  return rows;
});
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.once('SIGTERM', async () => {
  await app.close();
  await database.end();
});
