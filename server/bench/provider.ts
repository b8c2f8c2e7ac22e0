/** The provider of the benches, as a process of its own: answers at once, on bare sockets, so that it is never the limit. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

const record = {
  id: 7,
  name: 'A record of about the usual size',
  tags: ['a', 'b'],
  gone: null,
  text: 'x'.repeat(136),
};
const small = JSON.stringify(record);
const rows = Array.from({ length: 4_400 }, (_, index) => ({ ...record, id: index, gone: 'no' }));
const megabyte =
  JSON.stringify(rows)
    .slice(0, -1)
    .padEnd(1024 * 1024 - 1, ' ') + ']';
const piece = Buffer.alloc(1024 * 1024, 'ligand ');
const downloadPieces = 100;

const json = (body: string, status = '200 OK') =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
const replies = {
  small: json(small),
  wrapped: json(JSON.stringify({ data: record })),
  token: json('{"access_token":"t","refresh_token":"r","token_type":"bearer","expires_in":3600}'),
  megabyte: json(megabyte),
  fault: json('{"message":"out of order"}', '503 Service Unavailable'),
};

let calls = 0;
let faults = 0;

/** Every hundredth call below `/faulty` fails: with a 503, or with a connection that breaks. */
function answer(socket: Socket, path: string): void {
  if (path.startsWith('/faulty') && ++calls % 100 === 0) {
    faults++;
    if (calls % 200 === 0) socket.destroy();
    else socket.write(replies.fault);
  } else if (path.startsWith('/wrapped')) socket.write(replies.wrapped);
  else if (path.startsWith('/megabyte')) socket.write(replies.megabyte);
  else if (path.startsWith('/faults')) socket.write(json(String(faults)));
  else if (path.startsWith('/token')) socket.write(replies.token);
  else if (path.startsWith('/download')) writeDownload(socket);
  else socket.write(replies.small);
}

function writeDownload(socket: Socket): void {
  let left = downloadPieces;
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: ${left * piece.length}\r\n\r\n`,
  );
  const next = () => {
    while (left > 0) {
      left--;
      if (!socket.write(piece)) {
        socket.once('drain', next);
        return;
      }
    }
  };
  next();
}

const server = createServer({ noDelay: true }, (socket) => {
  let waiting: Buffer = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    waiting = waiting.length === 0 ? (chunk as Buffer) : Buffer.concat([waiting, chunk as Buffer]);
    for (;;) {
      const end = waiting.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = waiting.toString('latin1', 0, end);
      const size = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (waiting.length < end + 4 + size) return;
      waiting = waiting.subarray(end + 4 + size);
      answer(socket, head.slice(head.indexOf(' ') + 1));
    }
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
