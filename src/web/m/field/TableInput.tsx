/** A table: each row a small form of its own, which fits a phone; side by side where there is room. */
import type { Value, Values } from '../../../form/field.ts';
import { isRecord } from '../../../form/value.ts';
import { Icon } from '../Icon.tsx';
import { useReader } from '../reader.tsx';
import { FieldInput } from './FieldInput.tsx';
import type { InputProps } from './input.ts';

const MOST_ROWS = 200;

const rowsIn = (value: Value): readonly Values[] =>
  Array.isArray(value) ? value.filter((row): row is Values => isRecord(row)) : [];

export interface TableInputProps extends InputProps {
  readonly columns: readonly InputProps['field'][];
}

export function TableInput({ field, columns, value, onChange, own, labelId }: TableInputProps) {
  const { say } = useReader();
  const rows = rowsIn(value);
  const max = Math.min(field.max ?? MOST_ROWS, MOST_ROWS);
  const put = (index: number, column: string, cell: Value) =>
    onChange(rows.map((row, i) => (i === index ? { ...row, [column]: cell } : row)));
  return (
    <div
      id={own.id}
      data-testid={own['data-testid']}
      role="group"
      aria-labelledby={labelId}
      aria-describedby={own['aria-describedby']}
      className="rows"
      tabIndex={-1}
    >
      {rows.map((row, index) => (
        <fieldset key={index} className="row">
          <legend>{say('row', index + 1)}</legend>
          <button
            type="button"
            className="icon-button row-remove"
            aria-label={say('removeRow', index + 1)}
            onClick={() => onChange(rows.filter((_, i) => i !== index))}
          >
            <Icon name="bin" />
          </button>
          <div className="cells">
            {columns.map((column) => (
              <Cell
                key={column.id}
                id={`${own.id}-${index}-${column.id}`}
                name={`${own['data-testid']}.${index}.${column.id}`}
                column={column}
                value={row[column.id] ?? null}
                onChange={(cell) => put(index, column.id, cell)}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {rows.length < max && (
        <button
          type="button"
          className="button button-soft"
          data-testid={`${own['data-testid']}.add`}
          onClick={() => onChange([...rows, {}])}
        >
          <Icon name="add" />
          {say('addRow')}
        </button>
      )}
    </div>
  );
}

interface CellProps {
  readonly id: string;
  readonly name: string;
  readonly column: InputProps['field'];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Cell({ id, name, column, value, onChange }: CellProps) {
  const { say } = useReader();
  const labelId = `${id}-label`;
  const own = {
    id,
    'data-testid': name,
    'aria-describedby': undefined,
    'aria-invalid': undefined,
    'aria-required': column.required || undefined,
  };
  return (
    <div className="cell">
      <label id={labelId} htmlFor={id}>
        {column.label}
        {column.required && <Required text={say('required')} />}
      </label>
      {column.writable ? (
        <FieldInput field={column} value={value} onChange={onChange} text="" own={own} labelId={labelId} />
      ) : (
        <p className="fixed">{typeof value === 'object' ? '' : String(value)}</p>
      )}
    </div>
  );
}

export const Required = ({ text }: { text: string }) => (
  <span className="required" aria-label={text}>
    *
  </span>
);
