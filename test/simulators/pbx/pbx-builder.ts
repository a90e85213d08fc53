import { onTestFinished } from 'vitest';
import {
  type PbxSimulator,
  type PbxSimulatorOptions,
  startPbxSimulator,
} from '../../../src/simulators/pbx/pbx-simulator.ts';
import { Manager, USER } from './manager.ts';

// Fast enough for a ring limit to pass, slow enough for the order of events to be the order of time.
const SPEED = 20;

/** A PBX with two agents and a heartbeat that lasts. */
export async function aPbx(options: Partial<PbxSimulatorOptions> = {}): Promise<PbxSimulator> {
  const pbx = await startPbxSimulator({
    ...USER,
    speed: SPEED,
    phones: [
      { extension: '1001', name: 'Ana Atendente' },
      { extension: '1002', name: 'Bruno Atendente' },
    ],
    queues: ['sales'],
    ...options,
  });
  onTestFinished(() => pbx.close());
  pbx.setHeartbeat();
  return pbx;
}

export async function aManager(pbx: PbxSimulator): Promise<Manager> {
  const manager = await Manager.login(pbx);
  onTestFinished(() => manager.close());
  return manager;
}
