// What `require` gives: lodash, util, and http/https look-alikes over the platform's own client.
(function modules(global) {
  'use strict';
  const sources = global.__sources;
  delete global.__sources;
  const offered = ['lodash', 'lodash/fp', 'moment', 'util', 'http', 'https', 'buffer'];

  /** @param onLoad is told of each module, before a script has it. */
  global.__modules = (host, later, setTimeout, onLoad) => {
    const loaded = Object.create(null);
    const Buffer = global.__buffer;
    delete global.__buffer;
    global.Buffer = Buffer;
    global.btoa = (text) => Buffer.from(String(text), 'latin1').toString('base64');
    global.atob = (text) => Buffer.from(String(text), 'base64').toString('latin1');

    const fromSource = (name, from) => {
      if (loaded[name]) return loaded[name].exports;
      const module = (loaded[name] = { exports: {} });
      sources[name].call(module.exports, module, module.exports, from);
      return module.exports;
    };
    const inside = {
      './lodash.min': 'lodash',
      './fp/_baseConvert': 'lodash/fp/_baseConvert',
      './_mapping': 'lodash/fp/_mapping',
      './placeholder': 'lodash/fp/placeholder',
    };
    const requireInside = (name) => fromSource(inside[name], requireInside);
    const load = (name) => {
      switch (name) {
        case 'lodash':
        case 'lodash/fp':
        case 'moment':
          return fromSource(name, requireInside);
        case 'util':
          return createUtil();
        case 'buffer':
          return { Buffer };
        case 'http':
        case 'https':
          return createHttp(name, host, later, setTimeout);
        default:
          throw new Error(`Cannot find module '${String(name)}'. Scripts may require ${offered.join(', ')}.`);
      }
    };
    const given = Object.create(null);
    return (name) => {
      if (!given[name]) {
        given[name] = load(name);
        onLoad(given[name]);
      }
      return given[name];
    };
  };

  function createUtil() {
    const inspect = (value) => {
      if (typeof value === 'string') return `'${value}'`;
      try {
        return JSON.stringify(value) ?? String(value);
      } catch {
        return String(value);
      }
    };
    const format = (first, ...rest) => {
      const values = [...rest];
      const text = String(first).replace(/%[sdifjoO%]/g, (mark) => {
        if (mark === '%%') return '%';
        if (values.length === 0) return mark;
        const value = values.shift();
        if (mark === '%s') return String(value);
        if (mark === '%j' || mark === '%o' || mark === '%O') return inspect(value);
        return String(mark === '%i' ? Math.trunc(Number(value)) : Number(value));
      });
      return [text, ...values.map((value) => (typeof value === 'string' ? value : inspect(value)))].join(' ');
    };
    const is = (type) => (value) => typeof value === type;
    return {
      format,
      inspect,
      inherits: (child, parent) => Object.setPrototypeOf(child.prototype, parent.prototype),
      promisify:
        (call) =>
        (...values) =>
          new Promise((resolve, reject) =>
            call(...values, (error, value) => (error ? reject(error) : resolve(value))),
          ),
      isArray: Array.isArray,
      isString: is('string'),
      isNumber: is('number'),
      isBoolean: is('boolean'),
      isFunction: is('function'),
      isUndefined: is('undefined'),
      isNull: (value) => value === null,
      isNullOrUndefined: (value) => value === null || value === undefined,
      isObject: (value) => value !== null && typeof value === 'object',
      isDate: (value) => value instanceof Date,
      isRegExp: (value) => value instanceof RegExp,
      isError: (value) => value instanceof Error,
      isDeepStrictEqual: (one, other) => JSON.stringify(one) === JSON.stringify(other),
    };
  }

  class Emitter {
    #listeners = new Map();
    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
      return this;
    }
    once(event, listener) {
      return this.on(event, listener);
    }
    addListener(event, listener) {
      return this.on(event, listener);
    }
    emit(event, ...values) {
      const listeners = this.#listeners.get(event) ?? [];
      for (const listener of listeners) listener.apply(this, values);
      return listeners.length > 0;
    }
  }

  /** What belongs to the connection, the client says itself. */
  const ours = new Set([
    'host',
    'connection',
    'content-length',
    'transfer-encoding',
    'keep-alive',
    'expect',
    'upgrade',
  ]);

  function createHttp(scheme, host, later, setTimeout) {
    class Request extends Emitter {
      #options;
      #body = '';
      #sent = false;
      constructor(options) {
        super();
        this.#options = options;
      }
      setHeader(name, value) {
        this.#options.headers[name] = value;
      }
      setTimeout() {
        return this;
      }
      write(text) {
        this.#body += String(text);
        return true;
      }
      end(text) {
        if (this.#sent) return this;
        this.#sent = true;
        if (text !== undefined && text !== null) this.write(text);
        const { url, method, headers } = this.#options;
        const plain = {};
        for (const [name, value] of Object.entries(headers))
          if (value !== undefined && value !== null && !ours.has(name.toLowerCase()))
            plain[name] = String(value);
        const asked = JSON.stringify({
          url,
          method,
          headers: plain,
          body: this.#body === '' ? undefined : this.#body,
        });
        later(host.fetch(asked), (told) => this.#answer(JSON.parse(told)));
        return this;
      }
      abort() {
        this.#sent = true;
      }
      destroy() {
        this.abort();
      }
      #answer(told) {
        if (told.error !== undefined) {
          const error = new Error(told.error);
          if (!this.emit('error', error)) throw error;
          return;
        }
        const response = new Emitter();
        Object.assign(response, {
          statusCode: told.status,
          headers: told.headers,
          setEncoding() {},
          resume() {},
        });
        this.emit('response', response);
        setTimeout(() => {
          if (told.body !== '') response.emit('data', told.body);
          response.emit('end');
          response.emit('close');
        }, 0);
      }
    }

    function request(first, second, third) {
      const parts = [first, second, third];
      const callback = parts.find((part) => typeof part === 'function');
      const url = typeof first === 'string' ? first : first?.href;
      const options = parts.find((part) => part !== null && typeof part === 'object' && !part.href) ?? {};
      const made = new Request({
        url: url ?? toUrl(options),
        method: String(options.method ?? 'GET').toUpperCase(),
        headers: {
          ...options.headers,
          ...(options.auth
            ? { Authorization: `Basic ${global.Buffer.from(String(options.auth)).toString('base64')}` }
            : {}),
        },
      });
      if (callback) made.on('response', callback);
      return made;
    }

    function toUrl(options) {
      const protocol = options.protocol ?? `${scheme}:`;
      const name = options.hostname ?? String(options.host ?? 'localhost');
      const port = options.port && !/:\d+$/.test(name) ? `:${options.port}` : '';
      return `${protocol}//${name}${port}${options.path ?? '/'}`;
    }

    return {
      request,
      get(...parts) {
        return request(...parts).end();
      },
    };
  }
})(globalThis);
