import { failure } from '../failure.ts';
import type { AccountData, Form, Page } from '../model.ts';
import type { Surface } from '../surface.ts';
import { byFolder } from './asset-store.ts';

/** Landing pages and forms; they are made in the provider's own editor, so that the API only reads them. */
export function mountPagesAndForms(surface: Surface): void {
  surface('GET', '/api/1/page', {
    handle: ({ data }) => inFolders(byFolder(data.pages, (page) => describePage(data, page))),
  });
  surface('GET', '/api/1/page/:id', {
    handle: ({ data, params }) => {
      const page = findPage(data, params['id']);
      return { ...describePage(data, page), html: page.html, folderName: page.folderName };
    },
  });
  surface('DELETE', '/api/1/page/:id', {
    handle: ({ data, params }) => {
      const page = findPage(data, params['id']);
      data.pages = data.pages.filter((one) => one !== page);
      return { status: 'success', message: 'Page deleted' };
    },
  });
  surface('GET', '/api/1/page/:id/urls', {
    handle: ({ data, params }) => ({ urls: [pageUrl(data, findPage(data, params['id']))] }),
  });
  surface('GET', '/api/1/page/:id/report', {
    handle: ({ data, params }) => {
      const { visits } = findPage(data, params['id']);
      return {
        unique_unknown_visits: Math.ceil(visits / 2),
        total_visits: visits,
        incoming_traffic: { Default: visits },
      };
    },
  });
  surface('GET', '/api/1/form', {
    handle: ({ data }) => {
      const folders = inFolders(byFolder(data.forms, (form) => describeForm(data, form)));
      return [
        ...folders,
        { folder: 'All Forms', entries: data.forms.map((form) => describeForm(data, form)) },
      ];
    },
  });
  surface('GET', '/api/1/form/:id/urls', {
    handle: ({ data, params }) => ({ urls: [formUrl(data, findForm(data, params['id']))] }),
  });
  surface('GET', '/api/1/form/:id/report', {
    handle: ({ data, params }) => {
      const { views, submits } = findForm(data, params['id']);
      const percent = Math.round((100 * submits) / views);
      const source = {
        source: 'Email: Unknown List',
        submits,
        unique: submits,
        views,
        percent,
        non_submitters: 'N/A',
      };
      return { count: views, result: [source] };
    },
  });
}

/** Pages and forms call the folder `folder`, where files call it `name`. */
function inFolders<E>(folders: { name: string; entries: E[] }[]) {
  return folders.map(({ name, entries }) => ({ entries, folder: name }));
}

function findPage(data: AccountData, id: string | undefined): Page {
  const page = data.pages.find((one) => one.id === id);
  if (!page) throw failure('invalidPage');
  return page;
}

function findForm(data: AccountData, id: string | undefined): Form {
  const form = data.forms.find((one) => one.id === id);
  if (!form) throw failure('invalidForm');
  return form;
}

function pageUrl({ accountId }: AccountData, { id }: Page): string {
  return `https://a${accountId}.actonservice.com/acton/fs/blocks/showLandingPage/a/${accountId}/p/${id}/t/page`;
}

function formUrl({ accountId }: AccountData, { id }: Form): string {
  return `https://a${accountId}.actonservice.com/acton/form/${accountId}/${id}:d-0001/0/-/-/-/-/index.htm`;
}

function describePage(data: AccountData, page: Page) {
  return {
    creation_time: String(page.createdMs),
    modified: String(page.modifiedMs),
    id: page.id,
    title: page.title,
    url: pageUrl(data, page),
  };
}

function describeForm(data: AccountData, form: Form) {
  return {
    creation_time: form.createdMs,
    description: '',
    modified: form.modifiedMs,
    id: form.id,
    title: form.title,
    url: formUrl(data, form),
  };
}
