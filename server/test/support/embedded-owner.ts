/**
 * A process that owns an embedded PostgreSQL, for tests that kill it: prints its URL, or why it failed, and stays until
 * it is told to stop by SIGTERM. It takes its time with Ctrl-C, as a server that finishes its calls does.
 */
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#platform/storage';

const [folder = ''] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({ folder, log: silentLog });
  const keepAlive = setInterval(() => {}, 60_000);
  process.on('SIGINT', () => {});
  process.once('SIGTERM', async () => {
    clearInterval(keepAlive);
    await server.stop();
  });
  console.log(server.url);
} catch (error) {
  console.log((error as Error).message);
  process.exitCode = 1;
}
