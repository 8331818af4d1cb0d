/**
 * What a platform's cards have no room for, and what happens instead. What is lost (cut, left out) is a warning;
 * what is only asked elsewhere (in the chat, on the page) is a hint, since nothing is lost.
 */
import { FIELD_RULES } from '../../form/rules.ts';
import type { Words } from '../../lib/locale.ts';
import type { CardLimits } from '../cardLimits.ts';
import { isRunningType, meansOf } from '../compile/field.ts';
import type { Path } from '../order.ts';
import type { FieldSpec } from '../spec/field.ts';
import { kindOf, type NodeKind, type NodeSpec } from '../spec/node.ts';
import type { Check, CheckContext } from './context.ts';

/** A ticket's number, and what stands between it and the node's name. */
const BESIDE_NAME = 19;

export const checkCards: Check = (context) => {
  for (const limits of context.cards) {
    const { spec, placed } = context;
    checkText(context, limits, spec.name, limits.source, ['name']);
    checkForm(context, limits, spec.form, ['form']);
    checkFacts(context, limits);
    checkAsked(context, limits);
    for (const { spec: node, path } of placed) {
      checkText(context, limits, nameOf(node), limits.subtitle - BESIDE_NAME, [...path, kindOf(node) ?? 'id']);
      checkForm(context, limits, node.form ?? [], [...path, 'form']);
    }
  }
};

/** The value of the kind key. */
const nameOf = (node: NodeSpec): string => {
  const kind = kindOf(node);
  return kind === undefined ? '' : (node as unknown as Readonly<Record<NodeKind, string>>)[kind];
};
const lengthOf = (text: string): number => [...text].length;

function checkText({ report }: CheckContext, { platform }: CardLimits, text: string, max: number, path: Path): void {
  if (lengthOf(text) <= max) return;
  report('card_text_cut', path, { text, max, cut: `${[...text].slice(0, max - 1).join('')}…`, ...named(platform) });
}

const named = ({ zh, en }: Words) => ({ platform: zh, platform_en: en });

function checkForm(context: CheckContext, limits: CardLimits, fields: readonly FieldSpec[], path: Path): void {
  fields.forEach((field, i) => {
    const at = [...path, i];
    if (isFact(context, field)) checkText(context, limits, field.label, limits.factLabel, [...at, 'label']);
    if (!limits.asks.includes(inputOf(field)) || !Array.isArray(field.options)) return;
    const count = field.options.length;
    if (count > limits.options) {
      context.report(
        'card_many_options',
        [...at, 'options'],
        { field: field.label, count, max: limits.options, ...named(limits.platform) },
        { atKey: true },
      );
      return;
    }
    field.options.forEach((option, j) => {
      const text = typeof option === 'string' ? option : (option.label ?? option.value);
      checkText(context, limits, text, limits.optionText, [...at, 'options', j]);
    });
  });
}

const inputOf = ({ type }: FieldSpec): string => (isRunningType(type) ? FIELD_RULES[type].input : '');

/** A line of its own on a card: neither the title, nor the text below it, nor what is secret, nor who files. */
function isFact({ spec }: CheckContext, field: FieldSpec): boolean {
  const detail =
    spec.form.find((one) => meansOf(one) === 'detail') ?? spec.form.find(({ type }) => type === 'textarea');
  const isFiler = field.type === 'person' && field.readonly === true && field.default === '=requester';
  return (
    field !== detail && field.type !== 'textarea' && meansOf(field) !== 'title' && field.encrypt !== true && !isFiler
  );
}

/** The most telling come first; one line says who files. */
function checkFacts(context: CheckContext, { platform, facts }: CardLimits): void {
  const shown = context.spec.form.filter((field) => isFact(context, field));
  const isTelling = (field: FieldSpec) => ['urgency', 'category'].includes(meansOf(field) ?? '');
  const left = [...shown.filter(isTelling), ...shown.filter((field) => !isTelling(field))].slice(facts - 1);
  if (left.length === 0) return;
  const fields = left.map(({ label }) => label).join('、');
  context.report('card_too_many_fields', ['form'], { fields, max: facts, ...named(platform) }, { atKey: true });
}

function checkAsked(context: CheckContext, { platform, asks }: CardLimits): void {
  const isAsked = (field: FieldSpec) => field.readonly !== true && field.formula === undefined && inputOf(field) !== '';
  const left = context.spec.form.filter(
    (field) => isAsked(field) && (field.encrypt === true || !asks.includes(inputOf(field))),
  );
  if (left.length === 0) return;
  const fields = left.map(({ label }) => label).join('、');
  context.report('card_asks_elsewhere', ['form'], { fields, ...named(platform) }, { atKey: true });
}
