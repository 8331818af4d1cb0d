/** The contract of templates/dingtalk: its table, its importable JSON and the encoder name the same variables. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { VARIABLES } from '../../../src/card/dingtalk/variables.ts';

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly private: boolean;
}
interface Component {
  readonly componentName: string;
  readonly props: { readonly id?: string; readonly actionId?: { readonly content: string } };
  readonly children?: readonly Component[];
}
interface Editor {
  readonly variableList: readonly Variable[];
  readonly schema: { readonly componentsTree: readonly Component[] };
}

const readme = readFileSync('templates/dingtalk/README.md', 'utf8');
const file = JSON.parse(readFileSync('templates/dingtalk/card.json', 'utf8')) as Record<string, string>;
const editor = JSON.parse(file['editorData'] ?? '') as Editor;
const all = (parts: readonly Component[]): Component[] => parts.flatMap((one) => [one, ...all(one.children ?? [])]);
const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe('the card template', () => {
  it('is told with the variables that are sent, each once and private', () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` \| [^|]+ \| 是 \/ yes \|/gm)].map(([, name]) => name ?? '');
    expect(sorted(rows)).toEqual(sorted(VARIABLES));
    expect(sorted(editor.variableList.map(({ name }) => name))).toEqual(sorted(VARIABLES));
    expect(editor.variableList.every((variable) => variable.private)).toBe(true);
  });

  it('binds only variables that exist, and uses each', () => {
    const tree = JSON.stringify(editor.schema);
    const bound = [...tree.matchAll(/\$\{(\w+)\}|"variable":"(\w+)"/g)].map(([, text, value]) => text ?? value ?? '');
    const styles = VARIABLES.filter((name) => name === 'tone' || name.endsWith('_style'));
    expect(sorted(new Set([...bound, ...styles]))).toEqual(sorted(VARIABLES));
  });

  it('names the form and the buttons as clicks do', () => {
    const parts = all(editor.schema.componentsTree);
    expect(parts.filter(({ componentName }) => componentName === 'Form').map(({ props }) => props.id)).toEqual([
      'form',
    ]);
    const ids = parts.flatMap(({ props }) => props.actionId?.content ?? []);
    expect(ids).toEqual(['b1', 'b2', 'b3', 'b4', 'b5', 'm1', 'm2', 'm3']);
  });

  it('says that it is unproven, in the file and beside it', () => {
    expect(file).toMatchObject({ type: 'im', mode: 'card' });
    expect(file['description']).toContain('UNPROVEN');
    expect(readme).toMatch(/尚未验证[^]*\*\*Unproven/);
  });
});
