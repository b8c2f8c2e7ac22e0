/** What a call through the server is measured beside: Fastify and undici that pass everything through. Prints its URL. */
import { fastify } from 'fastify';
import { Pool } from 'undici';

const [provider = ''] = process.argv.slice(2);
const pool = new Pool(provider, { connections: 64 });
const app = fastify();
app.get('/elements/api-v2/*', async (request, reply) => {
  const { statusCode, headers, body } = await pool.request({
    method: 'GET',
    path: request.url.slice('/elements/api-v2'.length),
    headers: { accept: 'application/json' },
  });
  reply.code(statusCode).headers({
    'content-type': headers['content-type'],
    'content-length': headers['content-length'],
  });
  return reply.send(body);
});
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
