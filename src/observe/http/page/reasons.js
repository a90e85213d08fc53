/**
 * Why something is as it is, as the daemon says it: in English. What is not among these is shown as it came, for it may
 * hold another system's own words.
 */
const IN_PORTUGUESE = [
  [/^it is starting$/, 'está iniciando'],
  [/^it is stopping$/, 'está parando'],
  [/^not connected yet$/, 'ainda sem conexão'],
  [/^connected, reading what there is$/, 'conectado, lendo o que há'],
  [/^not connected: login refused as (.+)$/, 'sem conexão: login recusado como $1'],
  [/^not connected: connection refused (.+)$/, 'sem conexão: conexão recusada em $1'],
  [/^not connected: the PBX closed the connection$/, 'sem conexão: o Asterisk encerrou a conexão'],
  [/^not connected: Asterisk is shutting down$/, 'sem conexão: o Asterisk está desligando'],
  // The network's own words.
  [/^not connected: (.+)$/, 'sem conexão: $1'],
  [/^Movidesk refuses the token$/, 'a Movidesk recusa o token'],
  [
    /^nothing but faults from Movidesk for longer than failOpenAfterSeconds$/,
    'só falhas da Movidesk há mais tempo que failOpenAfterSeconds',
  ],
  [
    /^the limit of requests leaves nothing for questions$/,
    'o limite de requisições não deixa nada para perguntas',
  ],
  [/^Movidesk has refused (\d+): see outbox$/, 'a Movidesk recusou $1: veja outbox'],
  [/^nothing but faults for (\d+) s$/, 'só falhas há $1 s'],
  [/^(\d+) fail while others succeed: see outbox$/, '$1 falham enquanto outras passam: veja outbox'],
  [/^(\d+) refused: see outbox$/, '$1 recusadas: veja outbox'],
  [/^device (\w+)$/, 'telefone $1'],
  [/^do not disturb$/, 'não perturbe'],
  [/^hint (-?\d+)$/, 'hint $1'],
];

/** Several reasons of one part stand in one text, with semicolons between. */
export function reasonText(why, language) {
  if (language !== 'pt') return why;
  return why.split('; ').map(inPortuguese).join('; ');
}

function inPortuguese(reason) {
  const found = IN_PORTUGUESE.find(([pattern]) => pattern.test(reason));
  return found === undefined ? reason : reason.replace(...found);
}
