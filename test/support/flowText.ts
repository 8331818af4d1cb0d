/**
 * Random texts of small templates over every kind of node, most of them sound and some faulty on purpose.
 * JSON is YAML; each id and each name stands on a line of its own, so that a finding's line says which node it means.
 */
import fc from 'fast-check';
import type { Directory } from '../../src/flow/directory.ts';
import { parseTemplate } from '../../src/flow/parse.ts';
import type { OtherTemplates } from '../../src/flow/check/context.ts';
import { EXTRAS, type Extra } from './exploreMoves.ts';
import { aDirectory, type Name } from './flow.ts';
import { aTemplate } from './template.ts';

/** Roles of the little company: `空` has nobody. */
export const company = (): Directory =>
  aDirectory({ roles: { 甲组: ['ann', 'bo'], 乙组: ['cy'], 空: [], 派单员: ['dee'] } });

/** What the texts' sub-flows file. */
export const CHILDREN: OtherTemplates = new Map(
  [parseTemplate(aTemplate()).spec].flatMap((spec) => (spec ? [[spec.template, spec]] : [])),
);

export interface FlowText {
  readonly requester: Name;
  readonly text: string;
  /** Fields of the form that some condition reads: their values decide the way. */
  readonly decisive: readonly string[];
  /** What cuts across the flow and is tried on it. */
  readonly extras: readonly Extra[];
}

type Draw = <T>(of: readonly T[]) => T;
type Json = Readonly<Record<string, unknown>>;
/** What a node may name where it stands. */
interface Here {
  readonly depth: number;
  /** People's nodes that surely ran, none of them in a branch that is closed here. */
  readonly sure: readonly string[];
  /** Of these, those with the switch `ok`. */
  readonly asked: readonly string[];
  /** Nodes with the switch `ok` in branches that run beside this one. */
  readonly beside: readonly string[];
}

const PEOPLE = ['handle', 'approve', 'confirm'];
const AUTOMATIC = ['notify', 'call', 'subflow', 'wait'];
const MOST_NODES = 7;

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

export const aFlowText: fc.Arbitrary<FlowText> = fc.gen().map((gen) => {
  const draw: Draw = <T>(of: readonly T[]): T => of[gen(upTo, of.length - 1)] as T;
  return makeFlowText(draw);
});

function makeFlowText(draw: Draw): FlowText {
  const writer = makeWriter(draw);
  const flow = writer.list({ depth: 2, sure: [], asked: [], beside: [] }, draw([1, 2, 3, 3, 4]));
  const form = [
    { id: 'title', type: 'text', label: '标题', required: true },
    { id: 'kind', type: 'radio', label: '类型', options: ['甲', '乙', '丙'], required: true, means: 'category' },
    { id: 'urgent', type: 'switch', label: '加急' },
    { id: 'total', type: 'number', label: '数量' },
    { id: 'who', type: 'person', label: '谁' },
    { id: 'day', type: 'date', label: '哪天' },
  ];
  const text = JSON.stringify({ template: 't', name: '样例', form, flow }, null, 1);
  const decisive = form
    .map(({ id }) => id)
    .filter((id) => text.includes(`form.${id}`) || text.includes(`field": "${id}"`));
  const requester = draw<Name>(['rita', 'rita', 'ann', 'boss']);
  return { text, decisive, requester, extras: [...new Set([draw(EXTRAS), draw(EXTRAS)])] };
}

function makeWriter(draw: Draw) {
  let count = 0;
  /** One in `n`. */
  const once = (n: number): boolean => draw(Array.from({ length: n }, (_, i) => i)) === n - 1;
  const maybe = (n: number, part: () => Json): Json => (once(n) ? part() : {});
  const faulty = (): boolean => once(40);
  const anId = (): string => `n${draw([1, 2, 3, 4, 5])}`;

  function condition({ asked }: Here): string {
    const own = asked.map((id) => `${id}.ok`);
    if (faulty()) return `${anId()}.ok`;
    return draw([
      ...['form.urgent', 'not form.urgent', 'form.kind == "甲"', 'form.kind != "乙"', 'form.kind in ["甲", "丙"]'],
      ...['form.total > 100', 'form.total <= 100', 'form.urgent && form.total > 100', 'is_set(form.total)'],
      ...own,
      ...own.map((one) => `not ${one}`),
    ]);
  }

  function target({ sure }: Here): string {
    return faulty() ? anId() : draw(['filing', ...sure]);
  }

  function people({ sure }: Here): unknown {
    if (faulty()) return draw<unknown>([{ role: '没有' }, 'assignee', { handler_of: anId() }]);
    return draw<unknown>([
      ...[
        'requester',
        { manager: 'requester' },
        { user: 'cy' },
        { users: ['ann', 'rita'] },
        { department_head: 'requester' },
      ],
      ...[{ role: '甲组' }, { role: '乙组' }, { role: '空' }, { field: 'who' }, { manager: 'requester', level: 3 }],
      [{ when: 'form.urgent', user: 'bo' }, { role: '甲组' }],
      ...sure.map((id) => ({ handler_of: id })),
    ]);
  }

  function ladder(kind: string, here: Here): Json {
    const last = draw<Json>([
      ...[
        { remind: 'assignee' },
        { escalate: { user: 'boss' } },
        { transfer: { user: 'dee' } },
        { return: target(here) },
      ],
      ...(kind === 'approve' ? [{ approve: true }] : []),
      ...(kind === 'handle' && !faulty() ? [] : [{ refuse: true }]),
      { close: draw(['auto_closed', 'no_reply', 'done']) },
    ]);
    const first = faulty() ? last : { remind: 'assignee' };
    return { timeout: [...(once(2) ? [{ after: '2h', ...first }] : []), { after: '8h', ...last }] };
  }

  function atPeople(kind: string, here: Here): Json {
    const fallBack = draw<unknown>(['admin', { user: 'dee' }, ...(kind === 'approve' || faulty() ? ['approve'] : [])]);
    return {
      ...maybe(3, () => ({ if_empty: fallBack })),
      ...maybe(4, () => ladder(kind, here)),
      ...maybe(3, () => ({ form: [{ id: 'ok', type: 'switch', label: '行不行' }] })),
      ...maybe(6, () => ({
        fields: draw<Json>([{ urgent: 'editable' }, { total: 'required' }, { kind: 'editable' }]),
      })),
      ...maybe(4, () => ({ after_return: draw(['rerun', 'resume', 'ask']) })),
    };
  }

  const onRefuse = (here: Here): Json => maybe(2, () => ({ on_refuse: once(3) ? 'end' : { to: target(here) } }));

  function node(kind: string, here: Here): Json {
    count += 1;
    const id = `n${count}`;
    const base = { id, [kind]: id, ...maybe(4, () => ({ when: condition(here) })) };
    switch (kind) {
      case 'handle': {
        const strategy = draw(['claim', 'claim', 'round-robin', 'least-open', 'all', 'dispatcher']);
        const own = { strategy, ...maybe(3, () => ({ on_return: draw(['same', 'anew']) })) };
        return { ...base, assignee: people(here), ...own, ...atPeople(kind, here) };
      }
      case 'approve':
        return {
          ...base,
          approver: draw([people(here), people(here), { together: [people(here), people(here)] }]),
          ...(faulty() ? {} : { mode: draw(['any', 'all', 'sequence', '60%', 'min 2']) }),
          ...maybe(4, () => ({ self_approval: draw(['allow', 'skip', 'superior']) })),
          ...maybe(4, () => ({ dedupe: draw(['none', 'consecutive', 'first']) })),
          ...onRefuse(here),
          ...atPeople(kind, here),
        };
      case 'confirm':
        return { ...base, ...maybe(3, () => ({ by: people(here) })), ...onRefuse(here), ...atPeople(kind, here) };
      case 'branch':
        return { ...base, ...maybe(3, () => ({ every: true })), cases: cases(id, here) };
      case 'parallel':
        return { ...base, ...parallel(id, here) };
      default:
        return { ...base, ...automatic(kind, here) };
    }
  }

  function automatic(kind: string, here: Here): Json {
    switch (kind) {
      case 'notify':
        return { to: people(here), text: '{form.title}' };
      case 'call': {
        const error = draw<unknown>(['admin', 'continue', 'refuse', { to: target(here) }]);
        return {
          url: 'https://erp.test/x',
          ...maybe(2, () => ({ take: { no: 'data.no' } })),
          ...maybe(2, () => ({ on_error: error })),
        };
      }
      case 'subflow':
        return {
          ...{ template: 'sample', give: { title: '=form.title', kind: '甲' } },
          ...maybe(3, () => ({ blocking: false })),
          ...onRefuse(here),
          ...maybe(3, () => ({ on_parent_return: draw(['cancel', 'keep']) })),
        };
      case 'wait': {
        const heard = here.beside.flatMap((of) => [`is_set(${of}.ok) && ${of}.ok`, `is_set(${of}.ok)`]);
        return draw<Json>([
          ...[{ for: '4h' }, { until: 'form.day' }],
          {
            when_true: draw([
              ...heard,
              ...heard,
              ...(heard.length === 0 || faulty() ? ['form.urgent', 'form.kind == "甲"'] : []),
            ]),
          },
        ]);
      }
      default:
        return { outcome: draw(['closed', 'refused', 'approved']) };
    }
  }

  const inner = (here: Here): readonly Json[] => list({ ...here, depth: here.depth - 1 }, draw([0, 1, 1, 2]));

  function cases(id: string, here: Here): readonly Json[] {
    const total = draw([2, 2, 3]);
    return Array.from({ length: total }, (_, i) => {
      const isDefault = i === total - 1 && !once(6);
      return { name: `${id}.${i}`, ...(isDefault ? {} : { when: condition(here) }), flow: inner(here) };
    });
  }

  function parallel(id: string, here: Here): Json {
    const total = draw([2, 2, 3]);
    let beside = here.beside;
    const branches = Array.from({ length: total }, (_, i) => {
      const flow = inner({ ...here, beside });
      beside = [...beside, ...flow.filter((one) => 'form' in one).map((one) => String(one.id))];
      return { name: `${id}.${i}`, flow };
    });
    const join = draw<unknown>(['all', 'any', ...(total > 2 || faulty() ? [2] : []), ...(faulty() ? [total + 1] : [])]);
    return { branches, join, ...maybe(2, () => ({ one_refusal_ends_all: false })) };
  }

  /** @param most nodes of this list */
  function list(start: Here, most: number): readonly Json[] {
    const nodes: Json[] = [];
    let here = start;
    while (nodes.length < most && count < MOST_NODES) {
      const isLast = nodes.length === most - 1;
      const kinds = [...PEOPLE, ...PEOPLE, ...AUTOMATIC, ...(here.depth > 0 ? ['branch', 'parallel', 'parallel'] : [])];
      const kind = draw([...kinds, ...(isLast || once(20) ? ['end'] : [])]);
      const one = node(kind, here);
      nodes.push(one);
      if (!PEOPLE.includes(kind) || 'when' in one) continue;
      const id = String(one.id);
      here = { ...here, sure: [...here.sure, id], asked: 'form' in one ? [...here.asked, id] : here.asked };
    }
    return nodes;
  }

  return { list };
}
