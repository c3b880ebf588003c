import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let received: string;
let ended: Promise<void>;
let echo: Server;
let proxy: TcpProxy;

beforeEach(async () => {
  received = '';
  ended = new Promise((resolve) => {
    echo = createServer((socket) => {
      socket.on('data', (chunk) => {
        received += chunk.toString();
        socket.write(chunk);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  proxy = await openTcpProxy(`mysql://127.0.0.1:${(echo.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await proxy.close();
  await new Promise<void>((resolve) => echo.close(() => resolve()));
});

interface Talk {
  socket: Socket;
  heard(): string;
  closed: Promise<void>;
  hears(text: string): Promise<void>;
}

function talk(): Talk {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  let heard = '';
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  const hears = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => heard.includes(text) && resolve();
      socket.on('data', look);
      look();
    });
  return { socket, heard: () => heard, closed, hears };
}

describe('the proxy', () => {
  it('leads new connections elsewhere once it is told, and leaves the open ones', async () => {
    const open = talk();
    open.socket.write('one');
    await open.hears('one');
    const other = createServer((socket) => socket.end('elsewhere'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    proxy.leadTo(`mysql://127.0.0.1:${(other.address() as AddressInfo).port}`);
    const late = talk();
    await late.hears('elsewhere');
    open.socket.write('two');
    await open.hears('two');
    await new Promise<void>((resolve) => other.close(() => resolve()));
  });

  it('passes both ways, also while it delays', async () => {
    const { socket, hears } = talk();
    socket.write('one');
    await hears('one');
    proxy.delay(5);
    socket.write('two');
    await hears('onetwo');
    expect(received).toBe('onetwo');
    expect(proxy.cuts()).toBe(0);
  });

  it('cuts within the bytes of the client, from a text on', async () => {
    proxy.cutOnce({ side: 'client', from: /COMMIT/, afterBytes: 3 });
    const { socket, hears, closed } = talk();
    socket.write('before');
    await hears('before');
    socket.write('COMMIT');
    await Promise.all([closed, ended]);
    expect(received).toBe('beforeCOM');
    expect(proxy.cuts()).toBe(1);
  });

  it('cuts within the answer of the server', async () => {
    proxy.cutOnce({ side: 'server', from: /COMMIT/, afterBytes: 2 });
    const { socket, heard, closed } = talk();
    socket.write('COMMIT');
    await Promise.all([closed, ended]);
    expect([received, heard()]).toEqual(['COMMIT', 'CO']);
  });

  it('brings the last bytes late, after the client was cut off', async () => {
    proxy.cutOnce({ side: 'client', from: /COMMIT/, afterBytes: 6, lateMs: 30 });
    const { socket, closed } = talk();
    socket.write('COMMIT');
    await closed;
    expect(received).toBe('');
    await ended;
    expect(received).toBe('COMMIT');
  });
});
