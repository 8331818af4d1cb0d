/** What was filled in: at filing, and at each step; and the ticket's files. */
import type { ShownValue, TicketWhole } from '../../../http/contract/ticket.ts';
import type { Attachment } from '../../../http/contract/value.ts';
import { asIds } from '../field/input.ts';
import { FileList } from '../FileList.tsx';
import { useReader } from '../reader.tsx';

/** Where what was done is what people come to read. */
const RESULT_FIRST: readonly TicketWhole['status'][] = ['approving', 'confirming', 'closed'];

export function Content({ ticket }: { ticket: TicketWhole }) {
  const { say } = useReader();
  // The title is above, and who asks too.
  const isElsewhere = ({ means, type, value }: ShownValue) =>
    means === 'title' || (type === 'person' && value === ticket.requester.id);
  const request = (
    <section className="panel">
      <h2>{say('content')}</h2>
      <Values fields={ticket.fields.filter((field) => !isElsewhere(field))} files={ticket.attachments} />
    </section>
  );
  const isJudged = RESULT_FIRST.includes(ticket.status);
  return (
    <>
      {!isJudged && request}
      {ticket.results.map(({ node, fields }, index) => (
        <section key={index} className="panel">
          <h2>{say('result', node)}</h2>
          <Values fields={fields} files={ticket.attachments} />
        </section>
      ))}
      {isJudged && request}
      <OtherFiles ticket={ticket} />
    </>
  );
}

/** `before`: what stood there, where a value was changed. */
type Told = ShownValue & { readonly before?: string | null };

export function Values({ fields, files }: { fields: readonly Told[]; files: readonly Attachment[] }) {
  const filled = fields.filter(
    ({ text, before, type, value }) => text || before || (type === 'attachment' && asIds(value).length > 0),
  );
  return (
    <dl className="values">
      {filled.map((field) => (
        <div key={field.id} data-testid={`value-${field.id}`}>
          <dt>{field.label}</dt>
          <dd>
            <OneValue field={field} files={files} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const NOTHING = '—';

function OneValue({ field, files }: { field: Told; files: readonly Attachment[] }) {
  const ids = field.type === 'attachment' ? asIds(field.value) : [];
  const own = files.filter(({ id }) => ids.includes(id));
  if (own.length > 0) return <FileList files={own} />;
  if (field.table && field.table.rows.length > 0) return <Table {...field.table} label={field.label} />;
  if (field.before === undefined || field.before === null) return field.text;
  return (
    <>
      <del>{field.before || NOTHING}</del> → {field.text || NOTHING}
    </>
  );
}

function Table({
  columns,
  rows,
  label,
}: {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  label: string;
}) {
  // prettier-ignore
  return (
    <div className="table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Files of no field and no comment. */
function OtherFiles({ ticket }: { ticket: TicketWhole }) {
  const { say } = useReader();
  const fields = [...ticket.fields, ...ticket.results.flatMap((result) => result.fields)];
  const named = new Set([
    ...fields.flatMap(({ type, value }) => (type === 'attachment' ? asIds(value) : [])),
    ...ticket.timeline.flatMap(({ files }) => files.map(({ id }) => id)),
  ]);
  const others = ticket.attachments.filter(({ id }) => !named.has(id));
  if (others.length === 0) return null;
  return (
    <section className="panel">
      <h2>{say('files')}</h2>
      <FileList files={others} />
    </section>
  );
}
