/** P6: a six-node approval walked from filing to its end, beside xstate's pure transitions and bpmn-engine. No I/O on any side. */
import { Engine } from 'bpmn-engine';
import { createMachine, initialTransition, transition } from 'xstate';
import { checkTemplate } from '../../src/flow/check.ts';
import type { Command, Env } from '../../src/flow/command.ts';
import type { Directory } from '../../src/flow/directory.ts';
import { step } from '../../src/flow/step.ts';
import type { Ticket } from '../../src/flow/ticket.ts';
import { aDirectory, id, NAMES } from '../support/flow.ts';
import { inTurn, median } from './rounds.ts';
import { atLeast, type Row } from './row.ts';

/** In this order: who agrees at which node. Six people, so that nobody is passed over as asked before. */
const CHAIN = ['ann', 'bo', 'cy', 'dee', 'eve', 'ken'] as const;
/** Steps of one walk: filing, and each agreement. */
const STEPS = CHAIN.length + 1;

const TEXT = `template: chain
name: 六级审批
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: total, type: money, label: 金额 }
flow:
${CHAIN.map((name) => `  - { id: by_${name}, approve: ${name}, approver: { user: ${name} } }`).join('\n')}
`;

export async function engineSteps(isQuick: boolean): Promise<Row[]> {
  const ms = isQuick ? 600 : 2_000;
  const ours = rateOf(oursWalk(), ms);
  const xstate = rateOf(xstateWalk(), ms);
  const bpmn = rateOf(bpmnWalk(), ms);
  // What is compiled on the way would count against whoever comes first.
  for (const side of [ours, xstate, bpmn]) await side();
  const rates = await inTurn(isQuick ? 3 : 5, { ours, xstate, bpmn });
  const own = median(rates.ours);
  const row = (name: string, rate: number, goal: Row['goal']): Row => ({
    ...{ id: `P6 ${name}`, what: `engine steps ÷ ${name}, six-node approval`, goal, ratio: own / rate },
    ...{ ours: `${own.toFixed(0)}/s`, limit: `${rate.toFixed(0)}/s` },
  });
  return [row('xstate', median(rates.xstate), atLeast(3, 10)), row('bpmn', median(rates.bpmn), atLeast(200, 1_000))];
}

/** @returns measures steps a second for about so long; the first time warms up */
function rateOf(walk: () => Promise<void> | void, ms: number): () => Promise<number> {
  return async () => {
    let walks = 0;
    const began = performance.now();
    do {
      await walk();
      walks += 1;
    } while (performance.now() - began < ms);
    return (walks * STEPS * 1_000) / (performance.now() - began);
  };
}

function oursWalk(): () => void {
  const { template, findings } = checkTemplate(TEXT);
  if (!template) throw new Error(JSON.stringify(findings));
  const directory: Directory = aDirectory();
  const env: Env = { now: Date.UTC(2026, 10, 2, 1), directory };
  const told = (ticket: Ticket | null, command: Command): Ticket => {
    const result = step(template, ticket, command, env);
    if (!('ticket' in result)) throw new Error(JSON.stringify(result));
    return result.ticket;
  };
  const rita = NAMES.indexOf('rita') + 1;
  return () => {
    const file = { type: 'file', by: rita, requesterId: rita, workspace: 'hq', id: 1, number: 'C-1' } as const;
    let ticket = told(null, { ...file, values: { title: '采购', total: 12 } });
    for (const name of CHAIN) {
      const task = ticket.tasks.at(-1)?.n ?? 0;
      ticket = told(ticket, { type: 'agree', by: id(name), task, values: {}, comment: '' });
    }
    if (ticket.status !== 'closed') throw new Error(`ours ended ${ticket.status}`);
  };
}

function xstateWalk(): () => void {
  const states = Object.fromEntries(
    CHAIN.map((name, i) => [name, { on: { agree: CHAIN[i + 1] ?? 'closed', refuse: 'refused' } }]),
  );
  const machine = createMachine({
    id: 'chain',
    initial: CHAIN[0],
    states: { ...states, closed: { type: 'final' }, refused: { type: 'final' } },
  });
  return () => {
    let [snapshot] = initialTransition(machine);
    for (const _ of CHAIN) [snapshot] = transition(machine, snapshot, { type: 'agree' });
    if (snapshot.value !== 'closed') throw new Error(`xstate ended ${JSON.stringify(snapshot.value)}`);
  };
}

function bpmnWalk(): () => Promise<void> {
  const flow = (from: string, to: string) =>
    `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}" />`;
  const nodes = ['begin', ...CHAIN, 'end'];
  const source = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="all" targetNamespace="http://bpmn.io/schema/bpmn">
  <process id="chain" isExecutable="true">
    <startEvent id="begin" />${CHAIN.map((name) => `<userTask id="${name}" />`).join('')}<endEvent id="end" />
    ${nodes
      .slice(1)
      .map((to, i) => flow(nodes[i] ?? '', to))
      .join('')}
  </process>
</definitions>`;
  return async () => {
    const engine = new Engine({ name: 'chain', source });
    const execution = await engine.execute();
    for (const name of CHAIN) execution.signal({ id: name });
    if (String(engine.state) !== 'idle') throw new Error(`bpmn-engine is still ${engine.state}`);
  };
}
