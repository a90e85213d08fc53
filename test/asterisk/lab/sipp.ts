import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabHome } from './asterisk.ts';
import { endWithin, hasExited, spawnInRootfs } from './processes.ts';
import { waitFor } from './wait-for.ts';

export interface SippOptions {
  readonly home: LabHome;
  readonly script: string;
  readonly pbx: string;
  readonly address: string;
  readonly port: number;
  /** Arguments of this player only, such as `-s 1001`. */
  readonly more: readonly string[];
}

export type Command = 'XANSWER' | 'XHANGUP' | 'XHOLD' | 'XUNHOLD' | 'XREFER' | 'XSPEAK';

let players = 0;

function sendOnce(text: string, port: number, address: string): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((done, fail) => {
    socket.send(text, port, address, (error) => {
      socket.close();
      error ? fail(error) : done();
    });
  });
}

/** As the kernel lists it: the address as one number in its own byte order, both in hexadecimal. */
function isBound(address: string, port: number): boolean {
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, '0');
  const reversed = address
    .split('.')
    .reverse()
    .map((part) => hex(Number(part), 2))
    .join('');
  return readFileSync('/proc/net/udp', 'utf8').includes(`${reversed}:${hex(port, 4)}`);
}

/** One SIPp, which plays one script at one address. */
export class Sipp {
  readonly name: string;
  private readonly options: SippOptions;
  private readonly process: ChildProcess;
  private commands = 0;

  constructor(options: SippOptions) {
    players += 1;
    this.name = `player-${players}`;
    this.options = options;
    const folder = join(options.home.outside, 'sip');
    writeFileSync(join(folder, `${this.name}.xml`), options.script);
    this.process = spawnInRootfs(options.home.root, this.command(), `${options.home.inside}/sip`);
  }

  private command(): string[] {
    const { address, port, pbx, more } = this.options;
    return [
      ...[
        '/usr/bin/sipp',
        `${pbx}:5060`,
        '-sf',
        `${this.name}.xml`,
        '-i',
        address,
        '-p',
        `${port}`,
        '-mi',
        address,
      ],
      // Without an address of its own, SIPp's port for remote control would be the same for all players.
      ...[
        '-ci',
        address,
        '-cp',
        `${port + 3_000}`,
        '-nostdin',
        '-trace_err',
        '-error_file',
        `${this.name}.errors`,
      ],
      ...more,
    ];
  }

  /** Until it listens: what is sent to it earlier is lost. */
  async ready(): Promise<void> {
    const { address, port } = this.options;
    await waitFor(`SIPp at ${address}:${port}`, () => {
      if (hasExited(this.process)) throw new Error(`SIPp ended while starting:\n${this.errors()}`);
      return isBound(address, port);
    });
  }

  /** The end of the script: whether everything went as written there. */
  async ended(timeoutMs = 15_000): Promise<boolean> {
    if (!hasExited(this.process)) await endWithin(this.process, timeoutMs);
    return this.process.exitCode === 0;
  }

  get hasEnded(): boolean {
    return hasExited(this.process);
  }

  /** Tells the player what to do in one of its calls, by a request that only our scripts know. */
  async tell(callId: string, what: Command, more = ''): Promise<void> {
    this.commands += 1;
    const { address, port } = this.options;
    const text = [
      `${what} sip:${address} SIP/2.0`,
      `Via: SIP/2.0/UDP ${address};branch=z9hG4bK-${this.name}-${this.commands}`,
      `Call-ID: ${callId}`,
      `CSeq: ${this.commands} ${what}`,
      'From: <sip:director@lab>;tag=1',
      'To: <sip:player@lab>',
      // Far above what the player numbered itself, so that the PBX takes every request for a new one.
      `X-Number: ${100 + this.commands}`,
      ...(more === '' ? [] : [more]),
      'Content-Length: 0',
    ];
    await sendOnce(`${text.join('\r\n')}\r\n\r\n`, port, address);
  }

  errors(): string {
    const folder = join(this.options.home.outside, 'sip');
    return readdirSync(folder)
      .filter((name) => name.startsWith(`${this.name}.errors`) && existsSync(join(folder, name)))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  }

  async close(): Promise<void> {
    if (hasExited(this.process)) return;
    this.process.kill('SIGKILL');
    await endWithin(this.process, 1_000);
  }
}
