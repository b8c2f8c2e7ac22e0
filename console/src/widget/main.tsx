import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from '../queries.ts';
import '../styles.css';
import './frame.css';
import { Widget } from './widget.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Widget />
    </QueryClientProvider>
  </StrictMode>,
);
