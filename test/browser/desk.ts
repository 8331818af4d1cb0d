/** The chat page in a real Chromium, used as people use it: look, click, type. Nothing here calls an API. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Browser, chromium, devices, type FrameLocator, type Locator, type Page } from 'playwright-core';

export type Size = 'desktop' | 'phone';

export interface Desk {
  readonly page: Page;
  /** The chat of this person, brought to the screen as one would: by their name in the list or in the bar. */
  as(userid: string): Promise<Seat>;
  /** Keeps a picture of the screen in `data/screenshots/<size>/`. */
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** One person's phone on the desk. */
export interface Seat {
  readonly chat: Locator;
  say(text: string): Promise<void>;
  /** The newest card with these words on it. */
  card(words: string | RegExp): Locator;
  /** The newest message of the app with these words. */
  told(words: string | RegExp): Locator;
  /** Presses a button on the newest card that has it, and these words. */
  press(button: string, words?: string): Promise<void>;
  /** Presses that item of the menu of the newest card with these words: behind "…", or below the buttons. */
  menu(item: string, words?: string): Promise<void>;
  /**
   * Begins an act on the newest card with these words, and answers what is asked: on the card where the platform has forms
   * there, else one after the other in the chat.
   * @param act  the button that sends the form @param answers  by label
   */
  answer(
    words: string,
    act: string,
    answers: Readonly<Record<string, string>>,
    begin: () => Promise<void>,
  ): Promise<void>;
  /** Does it, and waits until the app has said something. */
  untilTold(what: () => Promise<void>): Promise<void>;
  /** Sets the dropdown of that title on the newest card that has it. */
  choose(title: string, option: string): Promise<void>;
  sendPicture(path: string): Promise<void>;
  /** Opens the page behind the newest card with these words, and waits for it inside the phone. */
  openPage(words: string | RegExp): Promise<FrameLocator>;
  /** Opens the newest link of that text, in a message or on a card. */
  openLink(text: string): Promise<FrameLocator>;
  closePage(): Promise<void>;
}

const SHOTS = 'data/screenshots';
const PATIENCE_MS = 10_000;
const VIEWS = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: devices['iPhone 13'] ?? {},
} as const;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--no-first-run'];

/** One browser for the stories of a file. */
export function withBrowser(): (url: string, size: Size, people: readonly string[]) => Promise<Desk> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  });
  afterAll(() => browser.close());
  return (url, size, people) => openDesk(browser, url, size, people);
}

async function openDesk(browser: Browser, url: string, size: Size, people: readonly string[]): Promise<Desk> {
  const { defaultBrowserType: _chromiumAnyway, ...view } = { defaultBrowserType: '', ...VIEWS[size] };
  const context = await browser.newContext({ ...view, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${url}/sandbox/#people=${people.join(',')}`);
  await page.locator('.column').first().waitFor();
  const folder = join(SHOTS, size);
  await mkdir(folder, { recursive: true });
  return {
    page,
    async as(userid) {
      const chat = page.getByTestId(`chat-${userid}`);
      if (!(await chat.isVisible())) await bringUp(page, userid);
      await chat.waitFor();
      return aSeat(chat, userid, page);
    },
    async shoot(name) {
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    },
    async close() {
      await context.close();
      if (faults.length > 0) throw new Error(`The page failed: ${faults.join('; ')}`);
    },
  };
}

async function bringUp(page: Page, userid: string): Promise<void> {
  const tab = page.getByTestId(`tab-${userid}`);
  const inList = page.getByTestId(`person-${userid}`);
  await tab.or(inList).or(page.getByTestId('pick-people')).first().waitFor();
  if (await tab.isVisible()) return tab.click();
  if (!(await inList.isVisible())) await page.getByTestId('pick-people').click();
  await inList.click();
}

function aSeat(chat: Locator, userid: string, page: Page): Seat {
  const fromApp = chat.locator('[data-testid=msg][data-from=app]');
  const card: Seat['card'] = (words) => fromApp.locator('article.card').filter({ hasText: words }).last();
  const opened = async () => {
    const frame = page.getByTestId(`page-${userid}`).frameLocator('iframe');
    await frame.locator('main').first().waitFor();
    return frame;
  };
  const untilTold: Seat['untilTold'] = async (what) => {
    const before = await fromApp.count();
    await what();
    await fromApp.nth(before).waitFor();
  };
  const say: Seat['say'] = async (text) => {
    await chat.getByTestId(`say-${userid}`).fill(text);
    await chat.getByTestId(`say-${userid}`).press('Enter');
  };
  const asksOnCards = async () => (await chat.getAttribute('data-platform')) === 'dingtalk';
  const withButton = (text: string) => fromApp.getByRole('button', { name: text, exact: true }).last();
  return {
    chat,
    card,
    told: (words) => fromApp.filter({ hasText: words }).last(),
    say,
    press: (button, words) =>
      (words === undefined
        ? withButton(button)
        : card(words).getByRole('button', { name: button, exact: true })
      ).click(),
    async menu(item, words = '') {
      if (!(await asksOnCards())) await card(words).getByTestId('card-menu').click();
      await card(words).getByRole('button', { name: item, exact: true }).click();
    },
    async answer(words, act, answers, begin) {
      const given = Object.entries(answers);
      if (given.length === 0) return begin();
      if (await asksOnCards()) {
        await begin();
        const form = card(words).getByRole('form', { name: act });
        for (const [label, text] of given) await fillIn(form.getByLabel(label), text);
        return form.getByRole('button', { name: act, exact: true }).click();
      }
      // Nothing is answered before it is asked.
      await untilTold(begin);
      for (const [, text] of given) await untilTold(() => say(text));
    },
    untilTold,
    async choose(title, option) {
      await fromApp.getByLabel(title).last().selectOption({ label: option });
    },
    async sendPicture(path) {
      await chat.getByTestId(`picture-${userid}`).setInputFiles(path);
    },
    async openPage(words) {
      await card(words).getByTestId('card-action').click();
      return opened();
    },
    async openLink(text) {
      await fromApp.getByRole('link', { name: text, exact: true }).last().click();
      return opened();
    },
    closePage: () => page.getByTestId(`page-${userid}`).getByRole('button', { name: '关闭' }).click(),
  };
}

/** A text, or the option of that name. */
async function fillIn(input: Locator, text: string): Promise<void> {
  const isChoice = (await input.evaluate((element) => element.tagName)) === 'SELECT';
  await (isChoice ? input.selectOption({ label: text }) : input.fill(text));
}
