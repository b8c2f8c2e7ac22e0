import { type Widget, type WidgetOptions, connect } from './connect.ts';

/** Of `<script src="https://…/widget.js">`: where the script came from is where the server is. */
const { src } = document.currentScript as HTMLScriptElement;

declare global {
  interface Window {
    Ligand: { connect(options: Omit<WidgetOptions, 'server'> & { server?: string }): Widget };
  }
}

window.Ligand = { connect: (options) => connect({ server: src, ...options }) };
