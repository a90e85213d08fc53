/** What both measurements tell the adapter about the PBX of the recordings. */
export const AMI_OPTIONS = {
  queues: [{ name: '1' }],
  agents: { device: 'PJSIP/{extension}', dndDeviceState: 'Custom:DND{extension}', hintContext: '' },
  dialplan: {
    holdContext: 'movidesk-hold',
    agentContext: 'movidesk-agent',
    lostContext: 'movidesk-lost',
    fallbackContext: 'movidesk-fallback',
  },
  log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
} as const;
