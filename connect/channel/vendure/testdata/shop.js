// A Vendure shop with seed data and a small plugin that calls a URL on every event. See shop.sh.
'use strict';
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const v = require('@vendure/core');
const { populate } = require('@vendure/core/cli');

const { FOLDER, SEED, HOOK_URL, HOOK_SECRET } = process.env;
const file = path.join(FOLDER, 'shop.sqlite');

// The plugin of docs/guide/integrator.md: a Standard Webhooks message for each event that concerns an order.
class Hooks {
  constructor(eventBus) { this.eventBus = eventBus; }
  onApplicationBootstrap() {
    if (!HOOK_URL) return;
    const key = Buffer.from(HOOK_SECRET.replace('whsec_', ''), 'base64');
    const send = (type, order) => {
      const id = 'msg_' + crypto.randomUUID(), at = Math.floor(Date.now() / 1000);
      const body = JSON.stringify({ type, order: order.code });
      const sign = crypto.createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
      const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': 'v1,' + sign };
      fetch(HOOK_URL, { method: 'POST', headers, body }).catch(() => {}); // lost ones are found by the next poll
    };
    for (const event of [v.OrderStateTransitionEvent, v.PaymentStateTransitionEvent, v.RefundStateTransitionEvent, v.OrderEvent]) {
      this.eventBus.ofType(event).subscribe(e => send(event.name, e.order));
    }
  }
}
Reflect.defineMetadata('design:paramtypes', [v.EventBus], Hooks);
v.VendurePlugin({ imports: [v.PluginCommonModule] })(Hooks);

const config = {
  apiOptions: { port: +process.env.PORT, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api', cors: false, csrfPrevention: false },
  authOptions: {
    tokenMethod: ['bearer', 'api-key'], requireVerification: false,
    superadminCredentials: { identifier: 'superadmin', password: 'shop-admin-1' }, cookieOptions: { secret: 'x'.repeat(32) },
  },
  dbConnectionOptions: { type: 'better-sqlite3', database: file, synchronize: true, logging: false, enableWAL: true },
  paymentOptions: { paymentMethodHandlers: [v.dummyPaymentHandler] },
  orderOptions: { orderItemsLimit: 100000 },
  importExportOptions: { importAssetsDir: FOLDER },
  logger: new v.DefaultLogger({ level: v.LogLevel.Error }),
  plugins: [v.DefaultJobQueuePlugin.init({ pollInterval: 100 }), Hooks],
};

const paid = settle => ({ handler: { code: v.dummyPaymentHandler.code, arguments: [{ name: 'automaticSettle', value: String(settle) }] } });
const initial = {
  defaultLanguage: 'en', defaultZone: 'World', roles: [], collections: [],
  taxRates: [{ name: 'Standard', percentage: 20 }],
  shippingMethods: [{ name: 'Standard', price: 500 }],
  paymentMethods: [{ name: 'At once', ...paid(true) }, { name: 'Later', ...paid(false) }],
  countries: [{ name: 'United States', code: 'US', zone: 'World' }, { name: 'China', code: 'CN', zone: 'World' }],
};

async function seed() {
  const rows = ['name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets'];
  for (let i = 1; i <= 10; i++) rows.push(`Product ${i},product-${i},,,,,,SKU-${String(i).padStart(4, '0')},${4 + i}.33,Standard,1000,true,,`);
  rows.push('Last Ten,last-ten,,,,,,LAST-10,9.99,Standard,10,true,,');
  const csv = path.join(FOLDER, 'products.csv');
  fs.writeFileSync(csv, rows.join('\n') + '\n');
  const start = () => v.bootstrap(config).then(async app => { await app.get(v.JobQueueService).start(); return app; });
  const app = await populate(start, initial, csv);
  const ctx = await app.get(v.RequestContextService).create({ apiType: 'admin' });
  await app.get(v.ChannelService).update(ctx, { id: 1, defaultCurrencyCode: 'CNY' });
  await app.close();
}

async function main() {
  if (!fs.existsSync(file) && fs.existsSync(SEED)) fs.copyFileSync(SEED, file);
  if (!fs.existsSync(file)) {
    await seed();
    const copy = new (require('better-sqlite3'))(file);
    await copy.backup(SEED + '.' + process.pid); // the next folder begins with a copy
    copy.close();
    fs.renameSync(SEED + '.' + process.pid, SEED);
  }
  const app = await v.bootstrap(config);
  await app.get(v.JobQueueService).start();
  console.log('READY');
}

// A test that is killed cannot stop its shop; its end of the pipe closes.
if (process.env.END_WITH_PARENT) process.stdin.on('end', () => process.exit()).resume();

main().catch(err => { console.error(err); process.exit(1); });
