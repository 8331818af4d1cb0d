/** Callbacks as WeCom makes them: sealed with the sandbox's own cipher, which shares no code with the service's. */
import { randomBytes } from 'node:crypto';
import { makeAccount } from '../../src/sandbox/account.ts';
import { encrypt } from '../../src/sandbox/sealed.ts';
import { sign } from '../../src/sandbox/wecom/crypto.ts';
import { WORKSPACE } from './service.ts';
import { request } from './wire.ts';

const ACCOUNT = makeAccount('');
let lastId = Date.now() * 1000;

interface Said {
  readonly from: string;
  readonly text: string;
}

/** One message, new each time. @param forged with a signature that somebody guessed */
export function callback({ from, text }: Said, forged = false): string {
  const { corpId, agentId, token, encodingAesKey } = ACCOUNT;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(5).readUIntBE(0, 5).toString();
  lastId += 1;
  const inner =
    `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
    `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content>` +
    `<MsgId>${lastId}</MsgId><AgentID>${agentId}</AgentID></xml>`;
  const encrypted = encrypt(encodingAesKey, corpId, inner, randomBytes(16));
  const signature = forged ? randomBytes(20).toString('hex') : sign(token, timestamp, nonce, encrypted);
  const body =
    `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt>` +
    `<AgentID><![CDATA[${agentId}]]></AgentID></xml>`;
  const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
  return request({ path: `/callbacks/wecom/${WORKSPACE}?${query}`, headers: { 'content-type': 'text/xml' }, body });
}
