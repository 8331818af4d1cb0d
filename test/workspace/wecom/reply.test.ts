import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeEnvelope } from '../../../src/workspace/wecom/crypto.ts';
import { replyXml, sealedXml, type Reply } from '../../../src/workspace/wecom/reply.ts';
import { readXml, textOf } from '../../../src/workspace/wecom/xml.ts';
import { KEYS } from '../support/wecomCalls.ts';

const file = readFileSync(new URL('../../reference/wecom/events.xml', import.meta.url), 'utf8');
const example = (id: string) => new RegExp(`<example id="${id}">\\s*([\\s\\S]*?)\\s*</example>`).exec(file)?.[1];
const at = { to: 'zhangsan', from: KEYS.corpId, at: 1_767_225_601_000 };

describe('what is answered', () => {
  it.each<[string, Reply]>([
    ['reply_text', { type: 'text', text: '已收到' }],
    ['reply_update_button', { type: 'update_button', replaceName: '已受理' }],
    [
      'reply_update_template_card',
      {
        type: 'update_template_card',
        card: {
          card_type: 'button_interaction',
          source: { icon_url: 'https://tickets.example.com/icon72.png', desc: '工单助手', desc_color: 0 },
          task_id: 'c42-1',
          main_title: { title: '工单 #42', desc: '已受理' },
          horizontal_content_list: [
            { keyname: '优先级', value: 'P1' },
            { keyname: '处理人', value: '张三', type: 3, userid: 'zhangsan' },
          ],
          button_selection: {
            question_key: 'priority',
            title: '优先级',
            selected_id: 'p1',
            disable: true,
            option_list: [
              { id: 'p1', text: '紧急' },
              { id: 'p3', text: '普通' },
            ],
          },
          button_list: [{ text: '受理', style: 1, key: 'claim' }],
          replace_text: '已受理',
        },
      },
    ],
  ])('%s is written as in the reference', (id, reply) => {
    expect(replyXml(reply, at)).toBe(example(id));
  });

  it('names every element as 5.9 does', () => {
    const names = {
      sub_title_text: '',
      quote_area: { appid: '', pagepath: '', quote_text: '' },
      card_image: { url: '', aspect_ratio: 2 },
      image_text_area: { image_url: '' },
      checkbox: { option_list: [{ is_checked: true }] },
      select_list: [{ id: '' }],
      submit_button: { key: '' },
      action_menu: { action_list: [{ key: '' }] },
      jump_list: [{ title: '' }],
      vertical_content_list: [{ desc: '' }],
      emphasis_content: { title: '' },
      card_action: { type: 1 },
    };
    const xml = replyXml({ type: 'update_template_card', card: names }, at);
    for (const name of [
      'SubTitleText',
      'QuoteArea',
      'AppId',
      'PagePath',
      'QuoteText',
      'CardImage',
      'AspectRatio',
      'ImageTextArea',
      'ImageUrl',
      'CheckBox',
      'OptionList',
      'IsChecked',
      'SelectList',
      'SubmitButton',
      'ActionMenu',
      'ActionList',
      'JumpList',
      'VerticalContentList',
      'EmphasisContent',
      'CardAction',
    ])
      expect(xml).toContain(`<${name}>`);
  });

  it('keeps any text whole, but for what XML can not say', () => {
    const text = ']]> <b>&amp; ]]]]>\u0000\u001b\n好🖨';
    const inner = readXml(replyXml({ type: 'text', text }, at)) ?? undefined;
    expect(textOf(inner, 'Content')).toBe(']]> <b>&amp; ]]]]>\n好🖨');
  });

  it('is sealed for the corp, with a signature over its own time and nonce', () => {
    const envelope = makeEnvelope({ ...KEYS, receiveId: KEYS.corpId });
    const packet = readXml(sealedXml('<xml></xml>', envelope, '1767225601', 'abc')) ?? undefined;
    const encrypted = textOf(packet, 'Encrypt');
    expect(envelope.open(encrypted)).toBe('<xml></xml>');
    expect(
      envelope.isGenuine({
        signature: textOf(packet, 'MsgSignature'),
        timestamp: '1767225601',
        nonce: 'abc',
        encrypted,
      }),
    ).toBe(true);
  });
});
