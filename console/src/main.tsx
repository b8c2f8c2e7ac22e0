import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DialogProvider } from './parts/dialog.tsx';
import { ToastProvider } from './parts/toast.tsx';
import { queries } from './queries.ts';
import { router } from './router.tsx';
import { allowStyles } from './styles-nonce.ts';
import './styles.css';

allowStyles();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <DialogProvider>
          <RouterProvider router={router} />
        </DialogProvider>
      </ToastProvider>
    </QueryClientProvider>
  </StrictMode>,
);
