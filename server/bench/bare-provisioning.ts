/** What provisioning is measured beside: a bare Fastify that gets a token and writes one row. Prints its URL. */
import { fastify } from 'fastify';
import { Pool as Database } from 'pg';
import { Pool } from 'undici';

const [databaseUrl = '', provider = ''] = process.argv.slice(2);
const database = new Database({ connectionString: databaseUrl, max: 10 });
await database.query(`create table if not exists bare_instance (id bigint generated always as identity primary key,
  name text not null, token text not null unique, secrets jsonb not null, created_at timestamptz not null default now())`);
const pool = new Pool(provider, { connections: 64 });
const app = fastify();
app.post('/elements/api-v2/bare', async (request) => {
  const { name } = request.body as { name: string };
  const { body } = await pool.request({
    method: 'POST',
    path: '/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=authorization_code&code=code&client_id=id&client_secret=secret',
  });
  const secrets = await body.json();
  const { rows } = await database.query(
    'insert into bare_instance (name, token, secrets) values ($1, gen_random_uuid(), $2) returning id, token',
    [name, secrets],
  );
  return rows[0];
});
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.once('SIGTERM', async () => {
  await app.close();
  await Promise.all([database.end(), pool.close()]);
});
