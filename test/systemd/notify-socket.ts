import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Node has no datagram sockets of the Unix family; Debian has perl wherever it has systemd.
const LISTENER = `
  use Socket;
  socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die;
  bind($socket, sockaddr_un($ARGV[0])) or die;
  $| = 1;
  print "listening\\n";
  while (defined recv($socket, my $news, 65536, 0)) { print $news, "\\n" }
`;

/** The socket on which systemd hears its services, and what was said there. */
export class NotifySocket implements AsyncDisposable {
  readonly heard: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'notify-'));
  readonly path = join(this.#folder, 'notify');
  readonly #child = spawn('perl', ['-e', LISTENER, this.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  #onNews: () => void = () => {};

  static async open(): Promise<NotifySocket> {
    const socket = new NotifySocket();
    await socket.hears('listening');
    return socket;
  }

  private constructor() {
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.heard.push(...text.split('\n').filter((line) => line !== ''));
      this.#onNews();
    });
  }

  /** Resolves when this line, or one that looks like it, has been heard so many times. */
  hears(line: string | RegExp, times = 1): Promise<void> {
    const fits = (one: string) => (typeof line === 'string' ? one === line : line.test(one));
    return new Promise((resolve) => {
      this.#onNews = () => {
        if (this.heard.filter(fits).length >= times) resolve();
      };
      this.#onNews();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
    rmSync(this.#folder, { recursive: true });
  }
}
