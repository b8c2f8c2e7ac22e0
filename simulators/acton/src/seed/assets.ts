import { dayMs } from '../moments.ts';
import type { Asset, Block, Form, Page, Program } from '../model.ts';

/** Headers, footers, pictures, documents, pages, forms and programs. */
export function seedAssets(nowMs: number) {
  const old = nowMs - 50 * dayMs;
  const block = (id: string, title: string): Block => ({
    id,
    title,
    html: `<table><tr><td>${title}</td></tr></table>`,
    text: title,
    modifiedMs: old,
  });
  const asset = (id: string, name: string, size: number, more: Partial<Asset> = {}): Asset => ({
    id,
    name,
    folderName: 'Default Folder',
    size,
    altText: name,
    toolTip: name,
    targetUrl: '',
    createdMs: old,
    modifiedMs: old + dayMs,
    ...more,
  });
  const page = (id: string, title: string, visits: number): Page => ({
    id,
    title,
    folderName: 'Default Folder',
    html: `<html><body><h1>${title}</h1></body></html>`,
    visits,
    createdMs: old,
    modifiedMs: old + 2 * dayMs,
  });
  const form = (id: string, title: string, views: number, submits: number): Form => ({
    id,
    title,
    folderName: 'Default Folder',
    views,
    submits,
    createdMs: old,
    modifiedMs: old + 3 * dayMs,
  });
  const programs: Program[] = [
    { id: 'a-0001', name: 'Welcome Program', type: 'LIST_MAINTENANCE', state: 'RUNNING', startedMs: old },
    { id: 'a-0002', name: 'Re-engagement', type: 'AUTOMATED', state: 'PAUSED', startedMs: old },
  ];
  return {
    headers: [block('h-0001', 'Standard Header'), block('h-0002', 'Event Header')],
    footers: [block('f-0001', 'Standard Footer')],
    logos: [asset('i-1', 'Company Logo', 5120, { targetUrl: 'https://www.example.com/' })],
    images: [asset('f-745b73d6-234d-4082-90ed-f0071c51fa36', 'Phone Call.jpg', 2_728_719)],
    media: [
      asset('f-0834c389-f245-4abe-ae05-423b51901d26', 'Datasheet.pdf', 50_347),
      asset('u-f98236a7-ad2a-4ee3-bd91-afd835ff60c5', 'Help Center', 0, {
        targetUrl: 'https://help.example.com/',
      }),
    ],
    pages: [
      page('p-0001', 'Signup for our Monthly Newsletter', 41),
      page('p-0002', 'Webinar Registration', 17),
      page('p-0003', 'Thank You', 9),
    ],
    forms: [
      form('6a4a21fb-0aff-4f0e-b57a-97f62ebcb9cd', 'Newsletter Signup', 41, 12),
      form('0b6c8a52-9f6e-4f5b-8f0a-5d8a3c1e7f10', 'Contact Us', 8, 2),
    ],
    programs,
  };
}
