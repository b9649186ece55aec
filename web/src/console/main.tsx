import '../shared/tokens.css'
import '../shared/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { boot } from '../shared/boot.ts'
import { keyboard } from '../shared/keyboard.ts'
import { queries } from '../shared/query.ts'
import { App } from './App.tsx'
import { Crash } from './Crash.tsx'
import { ahead } from './screens.ts'

ahead(location.pathname)
await boot(language => (language === 'zh-CN' ? import('words:console/zh-CN') : import('words:console/en')))
keyboard.start()
createRoot(document.getElementById('app') as HTMLElement).render(
  <QueryClientProvider client={queries}>
    <Crash>
      <App />
    </Crash>
  </QueryClientProvider>,
)
