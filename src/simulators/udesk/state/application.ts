import { EventSubscriptions } from './event-subscriptions.ts';
import type { HappeningFacts } from './happening.ts';
import { MessageSubscriptions } from './message-subscriptions.ts';
import type { Extension, Seat } from './seat.ts';
import { StateLog } from './state-log.ts';
import type { UdeskCall } from './udesk-call.ts';
import type { World } from './world.ts';

export interface Queue {
  readonly serial: number;
  readonly queueId: string;
  name: string;
  strategy: string;
  timeoutSeconds: number;
  maxLength: number;
  readonly createdAt: number;
  updatedAt: number;
}

export interface VoiceFile {
  readonly fileName: string;
  readonly fileType: string;
  readonly fileDesc: string;
}

export interface DialTask {
  readonly taskId: string;
  readonly type: string;
  ratio: number;
  state: 'running' | 'stopped' | 'force-stopped';
}

export interface FastRoute {
  readonly Dtmf: string;
  readonly Desc: string;
  readonly QueueId: string;
}

export interface ApplicationFacts {
  readonly appId: string;
  readonly secret: string;
  /** "9{9 digits}". */
  readonly extensionPrefix: string;
  name: string;
  type: 'default' | 'external';
  callbackUrl: string;
  isHideUserNum: boolean;
  memo: string;
}

/** One tenant of the call centre, and all that is its own. */
export class Application {
  readonly facts: ApplicationFacts;
  readonly world: World;
  /** A forbidden one is refused like one that is not there. */
  forbidden = false;
  readonly relayNumbers: string[] = [];
  defaultRelayNumber = '';
  readonly seats = new Map<string, Seat>();
  readonly extensions = new Map<string, Extension>();
  readonly queues = new Map<string, Queue>();
  readonly voiceFiles = new Map<string, VoiceFile>();
  readonly defaultVoices = new Map<string, unknown>();
  fastRouters: readonly FastRoute[] = [];
  readonly dialTasks = new Map<string, DialTask>();
  readonly calls = new Map<string, UdeskCall>();
  readonly events = new EventSubscriptions();
  readonly subscriptions: MessageSubscriptions;
  readonly stateLog = new StateLog();

  constructor(facts: ApplicationFacts, world: World, mostSubscriptions: number) {
    this.facts = facts;
    this.world = world;
    this.subscriptions = new MessageSubscriptions(mostSubscriptions);
  }

  get appId(): string {
    return this.facts.appId;
  }

  tell(facts: HappeningFacts): void {
    this.world.tell({ ...facts, at: this.world.now(), appId: this.appId });
  }

  ownerOf(extension: string): Seat | undefined {
    return [...this.seats.values()].find((seat) => seat.extensions.includes(extension));
  }

  /** The one call that an agent has now. */
  currentCallOf(agentId: string): UdeskCall | undefined {
    return [...this.calls.values()].find((call) => call.agentId === agentId && call.endedAt === undefined);
  }
}
