/** The nonce that the page's policy allows; for libraries that write a `<style>`, such as an editor. */
export const stylesNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** What locks scrolling behind a dialog asks webpack's global for the nonce. */
export function allowStyles(): void {
  Object.assign(globalThis, { __webpack_nonce__: stylesNonce });
}
