/** Why something did not work: the service said no, in words; or it could not be reached. */
import type { FieldProblem } from '../../http/contract/form.ts';
import type { Problem } from '../../http/contract/problem.ts';

/** The service understood and said no: its words are for people. */
export class SaidNo extends Error {
  override readonly name = 'SaidNo';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** No answer, or none that can be read: worth another try, with everything kept. */
export class Unreached extends Error {
  override readonly name = 'Unreached';
}

export const problemOf = (error: unknown): Problem | null => (error instanceof SaidNo ? error.problem : null);

export const fieldProblemsOf = (error: unknown): readonly FieldProblem[] => problemOf(error)?.fields ?? [];

/** Is the present state another one than the page shows? */
export const isStale = (error: unknown): boolean => {
  const problem = problemOf(error);
  return problem !== null && (problem.status === 409 || problem.code === 'not_your_task');
};

/** A problem that trying again with the same does not cure. */
export const isFinal = (error: unknown): boolean => {
  const status = problemOf(error)?.status;
  return status !== undefined && status < 500 && status !== 429;
};
