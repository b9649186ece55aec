/** The tabs of the settings: also places of the search above every screen. */
export const tabs = [
  { id: 'warehouses', title: 'ui.settings.warehouses', right: 'stock:read' },
  { id: 'printers', title: 'ui.settings.printers', right: 'stock:read' },
  { id: 'carriers', title: 'ui.settings.carriers', right: 'stock:read' },
  { id: 'people', title: 'ui.settings.people', right: 'admin' },
  { id: 'messages', title: 'ui.settings.messages', right: 'orders:read' },
  { id: 'returns', title: 'ui.settings.returns', right: 'orders:read' },
  { id: 'policies', title: 'ui.settings.policies', right: 'orders:read' },
  { id: 'audit', title: 'ui.settings.audit', right: 'audit' },
] as const
