const RATE = 8_000;
const samples = (seconds: number): number[] =>
  Array.from({ length: seconds * RATE }, (_, at) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 440 * at) / RATE)),
  );

/** Music on hold: 440 Hz as a 16 bit wav of 8 kHz, the format Asterisk plays as it is. */
export function toneWav(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * RATE * 2);
  for (const [at, sample] of samples(seconds).entries()) data.writeInt16LE(sample, at * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** What a caller's phone sends: a square wave in µ-law (0x10 and 0x90 are loud, of opposite sign). */
export function voiceUlaw(seconds: number): Buffer {
  return Buffer.from(Array.from({ length: seconds * RATE }, (_, at) => (at % 16 < 8 ? 0x10 : 0x90)));
}

/** The pitch of that square wave: 16 samples at 8 kHz. */
export const VOICE_HZ = RATE / 16;

/** Which part of the energy of a 16 bit wav of 8 kHz is at this pitch: 0 to 1 (Goertzel, block by block). */
export function shareOfPitch(wav: Buffer, hz: number): number {
  const samples = Array.from({ length: (wav.length - WAV_HEAD_BYTES) >> 1 }, (_, at) =>
    wav.readInt16LE(WAV_HEAD_BYTES + at * 2),
  );
  const blocks = Array.from({ length: Math.floor(samples.length / BLOCK) }, (_, at) =>
    samples.slice(at * BLOCK, (at + 1) * BLOCK),
  );
  const all = sum(blocks.map((block) => sum(block.map((sample) => sample ** 2))));
  return all === 0 ? 0 : sum(blocks.map((block) => energyAt(block, hz))) / all;
}

const WAV_HEAD_BYTES = 44;
// A tenth of a second: ten hertz apart are told apart, and a pause costs one block.
const BLOCK = RATE / 10;

function energyAt(block: readonly number[], hz: number): number {
  const turn = (2 * Math.PI * hz) / RATE;
  const [real, imaginary] = [Math.cos, Math.sin].map((wave) =>
    sum(block.map((sample, at) => sample * wave(turn * at))),
  ) as [number, number];
  return (2 * (real ** 2 + imaginary ** 2)) / block.length;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
