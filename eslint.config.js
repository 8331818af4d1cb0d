/** Lint: types are trusted to be true, pure rooms stay pure, files and functions stay small. */
import tseslint from 'typescript-eslint';

const pureRooms = ['lib', 'worktime', 'form', 'flow', 'promise', 'card'];
const impure = (name) => ({
  name,
  message: 'A pure room has no clock, no randomness and no I/O: take it as an argument.',
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/', '**/*.js', '**/*.cjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      // There is no `this` here: things are made by functions, so their methods may be passed on.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 4],
      complexity: ['error', 20],
    },
  },
  {
    files: pureRooms.map((room) => `src/${room}/**/*.{ts,tsx}`),
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'Buffer',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'crypto',
          'performance',
          'localStorage',
          'window',
          'document',
          'console',
        ].map(impure),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Math', property: 'random', message: 'No randomness in a pure room.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
        { selector: "CallExpression[callee.name='Date']", message: 'Time is an argument.' },
      ],
    },
  },
  {
    files: ['src/cli.ts', 'src/main.ts', 'src/cli/**', 'test/bench/**', 'test/campaign/**'],
    rules: { 'no-console': 'off' },
  },
  // The composition root is a list, read from top to bottom.
  { files: ['src/app.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
    },
  },
);
