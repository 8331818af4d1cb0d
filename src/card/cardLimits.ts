/** What the check of a template must know of both platforms' cards. */
import type { CardLimits } from '../flow/cardLimits.ts';
import { LIMITS as DINGTALK } from './dingtalk/limits.ts';
import { movedOff } from './movedOff.ts';
import { LIMITS as WECOM } from './wecom/limits.ts';

export const CARD_LIMITS: readonly CardLimits[] = [
  {
    platform: { zh: '企业微信', en: 'WeCom' },
    asks: ['choice'],
    // One line of a dropdown says that nothing is chosen yet.
    options: WECOM.options - 1,
    optionText: WECOM.optionText,
    facts: WECOM.facts,
    factLabel: WECOM.factLabel,
    source: WECOM.sourceDesc,
    subtitle: WECOM.mainDesc,
    movedOff,
  },
  {
    platform: { zh: '钉钉', en: 'DingTalk' },
    asks: ['choice', 'choices', 'text', 'longtext', 'number', 'date', 'datetime'],
    options: DINGTALK.options,
    optionText: DINGTALK.optionText,
    facts: DINGTALK.facts,
    factLabel: DINGTALK.factLabel,
    source: DINGTALK.source,
    subtitle: DINGTALK.subtitle,
    movedOff,
  },
];
