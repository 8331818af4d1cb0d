/**
 * A flow template, compiled: what the engine runs. Made by `compile.ts` from the checked text; never changed.
 * Expressions have become functions of a scope (`scope.ts`); nodes stand in one map, and `next` says what follows.
 */
import type { Field, Access, Scope, Value } from '../form/field.ts';
import type { Duration } from '../worktime/duration.ts';

export type NodeId = string;
/** Where a token can stand: a node's id, or `filing` (which no node may be called): the requester's own form. */
export type Place = NodeId;
export type ReturnTarget = Place;

export type Test = (scope: Scope) => boolean;
/** A text with `{…}` already compiled. */
export type Text = (scope: Scope) => string;

export type Selector =
  | { readonly kind: 'requester' }
  | { readonly kind: 'assignee' }
  | { readonly kind: 'users'; readonly accounts: readonly string[] }
  | { readonly kind: 'role'; readonly role: string; readonly in: ((scope: Scope) => string) | null }
  | { readonly kind: 'department'; readonly name: string }
  | {
      readonly kind: 'department_head';
      readonly of: 'requester' | 'assignee' | { readonly name: string };
      readonly level: number;
    }
  | { readonly kind: 'manager'; readonly of: 'requester' | 'assignee'; readonly level: number }
  /** Level after level up from the person; `role`: up to and including the first who has it. */
  | {
      readonly kind: 'manager_chain';
      readonly of: 'requester' | 'assignee';
      readonly upTo: number | { readonly role: string };
    }
  | { readonly kind: 'field'; readonly field: string }
  /** Picked when filing: kept in this field of the form, which offers the people of `from`. */
  | {
      readonly kind: 'requester_picks';
      readonly field: string;
      readonly from: Selector;
      readonly min: number;
    }
  /** Who is on this rota at the moment. */
  | { readonly kind: 'duty'; readonly rota: string }
  | { readonly kind: 'handler_of'; readonly node: NodeId }
  | { readonly kind: 'together'; readonly all: readonly Selector[] }
  /** The first whose `when` holds. */
  | { readonly kind: 'first'; readonly cases: readonly { readonly when: Test | null; readonly of: Selector }[] };

/** What happens when a selector finds nobody; the flow admin, with an alarm, is always the last resort. */
export type IfEmpty =
  { readonly kind: 'approve' } | { readonly kind: 'admin' } | { readonly kind: 'people'; readonly of: Selector };

/**
 * Who of several gets the work: whoever takes it; one after the other; the one with the fewest open tasks; each of them;
 * whom a dispatcher picks.
 */
export type Strategy = 'claim' | 'round-robin' | 'least-open' | 'all' | 'dispatcher';
/** `percent` of the approvers, rounded up, or `min` of them, all at most. */
export type ApproveMode = 'any' | 'all' | 'sequence' | { readonly percent: number } | { readonly min: number };
export type OnRefuse = { readonly kind: 'end' } | { readonly kind: 'to'; readonly target: ReturnTarget };

/** What happens to a task that nobody acts on. */
export type Late =
  | { readonly kind: 'remind' | 'escalate' | 'transfer'; readonly people: Selector }
  | { readonly kind: 'return'; readonly to: ReturnTarget }
  | { readonly kind: 'approve' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'close'; readonly outcome: 'auto_closed' | 'no_reply' | 'done' };
export interface TimeoutStep {
  /** From the moment when the task opened. */
  readonly after: Duration;
  readonly then: Late;
}

/** After a return, when the earlier step is done again: all that lies between once more, straight back, or as the person says. */
export type AfterReturn = 'rerun' | 'resume' | 'ask';

interface NodeBase {
  readonly id: NodeId;
  readonly name: string;
  /** The branches of open regions around it, outermost first: `checks.0`. A way back leads only to the same or fewer. */
  readonly within: readonly string[];
  /** In the order of time. */
  readonly timeout: readonly TimeoutStep[];
  readonly afterReturn: AfterReturn;
  /** Skipped unless it holds; null: always entered. */
  readonly when: Test | null;
  /** What follows; null: the flow ends. */
  readonly next: NodeId | null;
  /** The node's own form; its values become `<id>.*`. */
  readonly form: readonly Field[];
  /** Access to the ticket's form here; a field not named is readonly. */
  readonly fields: Readonly<Record<string, Access>>;
  /** Nodes before it on every way, with or without a `when`, in order, and not in a branch that is closed here: where a person may return to. */
  readonly returnsTo: readonly NodeId[];
  readonly acts: Acts;
}

export interface HandleNode extends NodeBase {
  readonly kind: 'handle';
  readonly people: Selector;
  readonly strategy: Strategy;
  readonly ifEmpty: IfEmpty;
  readonly onReturn: 'same' | 'anew';
}
export interface ApproveNode extends NodeBase {
  readonly kind: 'approve';
  readonly people: Selector;
  readonly mode: ApproveMode;
  readonly ifEmpty: IfEmpty;
  readonly onRefuse: OnRefuse;
  readonly refuseNeeds: 'one' | 'all';
  readonly dedupe: 'none' | 'consecutive' | 'first' | 'last';
  readonly selfApproval: 'allow' | 'skip' | 'superior';
  /** Never passed automatically. */
  readonly control: boolean;
}
export interface ConfirmNode extends NodeBase {
  readonly kind: 'confirm';
  readonly people: Selector;
  readonly ifEmpty: IfEmpty;
  readonly onRefuse: OnRefuse;
}
export interface BranchNode extends NodeBase {
  readonly kind: 'branch';
  /** All cases that hold are walked, and joined; else the first. */
  readonly every: boolean;
  /** `to` null: the case's flow is empty. The last has no `when`. */
  readonly cases: readonly { readonly name: string; readonly when: Test | null; readonly to: NodeId | null }[];
}
export interface ParallelNode extends NodeBase {
  readonly kind: 'parallel';
  readonly branches: readonly { readonly name: string; readonly to: NodeId | null }[];
  /** How many branches must arrive. */
  readonly join: 'all' | number;
  /** Whether a refusal in one branch decides for all. */
  readonly oneRefusalEndsAll: boolean;
}
/** Where the branches of a region come together. Not written: it stands behind each region, as `<id>.join`. */
export interface JoinNode extends NodeBase {
  readonly kind: 'join';
  readonly of: NodeId;
}
/** What is sent along, by name. */
export type Given = Readonly<Record<string, (scope: Scope) => Value>>;
export interface CallNode extends NodeBase {
  readonly kind: 'call';
  /** Values in it are percent-encoded. */
  readonly url: Text;
  readonly send: Given;
  /** Name of a value here → its path in the answer, `data.rate`. */
  readonly take: Readonly<Record<string, string>>;
  /** Attempts after the first; null: as long as messages are tried. */
  readonly retries: number | null;
  readonly onError:
    { readonly kind: 'admin' | 'continue' | 'refuse' } | { readonly kind: 'to'; readonly target: ReturnTarget };
}
export interface SubflowNode extends NodeBase {
  readonly kind: 'subflow';
  readonly template: string;
  /** Whose the new ticket is; the first found, else this ticket's requester. */
  readonly requester: Selector;
  readonly give: Given;
  readonly take: Given;
  readonly blocking: boolean;
  readonly onRefuse: OnRefuse;
  /** null: cancelled unless somebody has begun with it. */
  readonly onParentReturn: 'cancel' | 'keep' | null;
}
export interface WaitNode extends NodeBase {
  readonly kind: 'wait';
  readonly until:
    | { readonly kind: 'moment'; /** Epoch ms; null: unset. */ readonly at: (scope: Scope) => number | null }
    | { readonly kind: 'while'; readonly duration: Duration }
    | {
        readonly kind: 'condition';
        readonly holds: Test;
        /** It asks more than forms (the time, people, the ticket), or a rule may change it: it may come true although nobody acts. */
        readonly mayTurn: boolean;
      };
}
export interface NotifyNode extends NodeBase {
  readonly kind: 'notify';
  readonly people: Selector;
  readonly text: Text;
}
export interface EndNode extends NodeBase {
  readonly kind: 'end';
  readonly outcome: 'closed' | 'refused' | 'approved';
}
/** Where a person acts. */
export type PeopleNode = HandleNode | ApproveNode | ConfirmNode;
export type Node =
  PeopleNode | BranchNode | ParallelNode | JoinNode | NotifyNode | CallNode | SubflowNode | WaitNode | EndNode;

/** Defaults of what people may do, `approval-semantics.md`; per node they may be narrowed. */
export interface Acts {
  readonly withdraw: 'until_first_act' | 'any_time_with_reason' | 'never';
  /** Who may receive a transferred task. */
  readonly transfer: 'anyone' | 'department' | 'team' | 'never';
  /** Whether those who answer before somebody decides only advise, or decide when they refuse. */
  readonly addSign: 'advice' | 'binding' | 'never';
  readonly returns: boolean;
  /** How long after its end a ticket may be reopened; null: never. Of the template only. */
  readonly reopen: Duration | null;
  readonly urge: boolean;
  /** For how long an act may be taken back; null: never. */
  readonly takeBack: Duration | null;
}

export interface Template {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  /** Words that open this form in chat. */
  readonly keywords: readonly string[];
  /** `IT-{yyyy}{MM}-{seq:4}` */
  readonly number: string;
  readonly filing: {
    /** null: everyone. */
    readonly who: Selector | null;
    /** Tickets per requester in the period; null: no limit. Advisory. */
    readonly limit: { readonly count: number; readonly per: 'day' | 'week' | 'month' } | null;
  };
  readonly form: readonly Field[];
  /** The first node; null: an empty flow, the ticket closes at once. */
  readonly start: NodeId | null;
  readonly nodes: Readonly<Record<NodeId, Node>>;
  /** As written, in the order of the text: no joins. */
  readonly order: readonly NodeId[];
  /** Has a `handle` node: a service template, else an approval template. */
  readonly service: boolean;
  readonly acts: Acts;
  /** The calendar that its working time is counted by; null: the service's default. */
  readonly calendar: string | null;
  /** The flow admin; null: the service's admins. */
  readonly admin: Selector | null;
}
