import type { Page } from 'playwright-core';

/** A person without a mouse. */
export interface Keyboard {
  press(...keys: string[]): Promise<void>;
  /** What has the focus is called like this. */
  focused(): Promise<string>;
  /** Goes on, as far as somebody would look for it, to what is called like this. */
  tabTo(name: string | RegExp, mostTabs?: number): Promise<void>;
}

/** What a screen reader calls it, as far as these pages need it. */
const nameOfFocused = `(() => {
  const node = document.activeElement;
  const label = node?.getAttribute('aria-label') ?? node?.labels?.[0]?.textContent ?? node?.textContent ?? '';
  return label.trim();
})()`;

export function keyboardOf(page: Page): Keyboard {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate<string>(nameOfFocused);
  return {
    press,
    focused,
    async tabTo(name, mostTabs = 30) {
      const passed: string[] = [];
      for (let tab = 0; tab < mostTabs; tab++) {
        const found = await focused();
        if (typeof name === 'string' ? found === name : name.test(found)) return;
        passed.push(found);
        await press('Tab');
      }
      throw new Error(`No '${name}' within ${mostTabs} tabs: ${passed.join(', ')}`);
    },
  };
}
