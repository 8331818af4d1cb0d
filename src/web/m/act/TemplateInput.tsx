/** A template that may be filed. */
import { useCallback } from 'react';
import { call } from '../api.ts';
import { SelectInput } from '../field/ChoiceInputs.tsx';
import type { InputProps } from '../field/input.ts';
import { useLoaded } from '../useLoaded.ts';

export function TemplateInput(props: InputProps) {
  const { data } = useLoaded(useCallback(() => call('templates'), []));
  const options = (data?.templates ?? []).map(({ key, name }) => ({ value: key, label: name }));
  return <SelectInput {...props} field={{ ...props.field, options }} />;
}
