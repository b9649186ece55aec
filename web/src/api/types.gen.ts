// Written by "go generate ./web" from the OpenAPI document. Do not edit.

export interface AllocationBatch {
  at: string
  /** no division of the same orders costs less than this (cost and more_cost together); left out where that was not worked out */
  at_least?: string
  /** of the same goods for the same orders as it was decided */
  cost: string
  id: string
  /** plain: nothing better was found, or too much of the plan no longer held */
  method: 'optimised' | 'plain'
  /** money: what shipping those costs */
  more_cost: string
  /** that get something and would have waited */
  more_orders: number
  /** that ship and would have waited */
  more_units: number
  /** milliseconds the plan was worked on; 0 where the clock stands still */
  ms: number
  /** that wanted the same goods, or the same parcels of a day, and were decided over together */
  orders: number
  /** money: freight, handling, splits and lateness of what the plain rule would have shipped */
  plain_cost: string
  /** plain_cost less cost; below zero where making room for more_units cost more than that */
  saved: string
}

export interface AllocationBatchPage {
  batches: AllocationBatch[]
  currency: string
  next_cursor?: string
}

export interface AllocationChoice {
  /** of the whole order from here; missing where the region is not served */
  cost?: string
  /** to the door */
  days: number
  /** of the units asked for, there and not promised */
  have: number
  /** of them, promised from here already; with unreleased only */
  holds: number
  /** to the recipient; -1 where nobody knows */
  metres: number
  node: string
  /** of them, would ship from here */
  ships: number
  /** its sentence */
  text?: string
  /** why it ships nothing, a code */
  why?: string
}

export interface AllocationDay {
  batches: number
  /** of the same goods for the same orders as it was decided */
  cost: string
  /** 2026-11-23, in the zone that was asked for */
  day: string
  /** money: what shipping those costs */
  more_cost: string
  /** that get something and would have waited */
  more_orders: number
  /** that ship and would have waited */
  more_units: number
  /** that wanted the same goods, or the same parcels of a day, and were decided over together */
  orders: number
  /** money: freight, handling, splits and lateness of what the plain rule would have shipped */
  plain_cost: string
  /** plain_cost less cost; below zero where making room for more_units cost more than that */
  saved: string
}

export interface AllocationMethod {
  /** what that comes to; plain wherever the policy chooses by anything but cost. Told, and not taken */
  holds?: 'optimised' | 'plain'
  /** company: as the allocation policy of the company says; optimised: orders that want the same are decided over together; plain: one after the other, the oldest first */
  method: 'company' | 'optimised' | 'plain'
  /** code of the warehouse */
  node: string
}

export interface AllocationMethods {
  methods: AllocationMethod[]
}

export interface AllocationMissing {
  quantity: number
  sku: string
  text: string
  /** a code */
  why: string
}

export interface AllocationOutlook {
  /** those that would ship first */
  candidates: AllocationChoice[]
  currency: string
  /** what would wait */
  missing: AllocationMissing[]
  /** what is to be decided, and where it is now */
  pieces: AllocationPiece[]
  strategy: 'nearest' | 'cheapest' | 'fastest' | 'priority'
  text?: string
  /** that no warehouse ships yet; 0: nothing is left to decide */
  units: number
  /** a code; text is its sentence */
  why?: string
}

export interface AllocationPiece {
  /** that holds them and that no wave has taken; missing where none does */
  fulfilment?: string
  line: number
  node?: string
  quantity: number
  /** of a bundle, one of its components */
  sku: string
}

export interface AllocationPolicy {
  /** of each day after the promised one */
  late_cost_per_day: string
  /** of an order that may be split, 1 to 20 */
  max_parcels: number
  /** optimised: orders that wait at the same moment and want the same are decided over together, with the strategy cheapest; plain: one after the other, the oldest first */
  method: 'optimised' | 'plain'
  /** an order of which something is short waits whole */
  ship_complete: boolean
  /** of each parcel after the first, besides its freight */
  split_cost: string
  strategy: 'nearest' | 'cheapest' | 'fastest' | 'priority'
  /** of each unit that has to wait; it is told, and chooses nothing */
  unfilled_cost: string
}

export interface AllocationRan {
  /** orders that waited for a warehouse */
  decided: number
  /** some still wait: call again, or leave it to the worker */
  more: boolean
  /** orders that were owed goods and got something */
  served: number
}

export interface AllocationResult {
  /** its state */
  fulfilment: string
  order: string
  /** it got something */
  served: boolean
}

export interface AllocationSaving {
  /** of the same goods for the same orders as it was decided */
  cost: string
  /** money: what shipping those costs */
  more_cost: string
  /** that get something and would have waited */
  more_orders: number
  /** that ship and would have waited */
  more_units: number
  /** that wanted the same goods, or the same parcels of a day, and were decided over together */
  orders: number
  /** money: freight, handling, splits and lateness of what the plain rule would have shipped */
  plain_cost: string
  /** plain_cost less cost; below zero where making room for more_units cost more than that */
  saved: string
}

export interface AllocationSavings {
  currency: string
  /** those on which there were batches, the first first */
  days: AllocationDay[]
  from: string
  to: string
  /** day is empty */
  total: AllocationDay
}

export interface Answer {
  created: number
  rejected: Rejection[]
  rows: number
  unchanged: number
  updated: number
}

export interface ApartInput {
  /** false takes it back */
  apart: boolean
  orders: string[]
}

export interface ApartResult {
  orders: number
}

export interface AskInput {
  /** when the case comes back without an answer; within thirty days */
  due_at: string
}

export interface AskedLine {
  line_no: number
  quantity: number
  /** of a bundle: the component; empty = whole units of the line */
  sku?: string
  /** exchange: the SKU wanted instead; empty = the same */
  swap?: string
}

export interface AskedOfOne {
  /** it is asked for waybills through its interface; without one a person brings the number */
  calls: boolean
  carrier: string
  /** the larger of weight and volume */
  chargeable_g?: number
  /** freight */
  cost?: string
  /** to the door, of half the parcels */
  days_p50?: number
  /** of nine in ten */
  days_p90?: number
  /** beyond the promise */
  late_days?: number
  service: string
  /** it could carry the parcel */
  takes: boolean
  /** why it does not get the parcel, as a sentence */
  why?: string
}

export interface AuditEntry {
  /** the operation, as the OpenAPI document names it */
  act: string
  actor: string
  address?: string
  at: string
  /** names of what was set; never what stood in them */
  fields: string[]
  id: string
  /** what somebody wrote, or a code: dry_run; begun = an act of many transactions, recorded before the first */
  note?: string
  object?: string
  purpose?: string
  request?: string
}

export interface AuditPage {
  entries: AuditEntry[]
  next_cursor?: string
}

export interface Availabilities {
  skus: Availability[]
  /** codes that the catalogue does not have */
  unknown: string[]
}

export interface Availability {
  /** can still be promised */
  available: number
  /** defective, in quarantine or missing */
  blocked: number
  /** to the channel, after its buffer */
  offered: number
  on_hand: number
  reserved: number
  sku: string
}

export interface BackOrder {
  line_no: number
  quantity: number
  reason: string
  since: string
  sku: string
}

export interface Balance {
  available: number
  blocked: number
  node: string
  on_hand: number
  reserved: number
  sku: string
}

export interface BalanceList {
  balances: Balance[]
  unknown: string[]
}

export interface Bench {
  /** of a walk of totals: its goods are not sorted, each item opens an order (open-item) */
  bulk?: BenchBulk
  /** that are in use, small ones first */
  cartons: BenchCarton[]
  /** a parcel may be off by the larger of the two */
  tolerance_g: number
  tolerance_percent: number
  /** one, or those of a walk that are not shipped */
  work: BenchWork[]
}

export interface BenchBulk {
  /** why no order was opened: pack.table.held, pack.table.nobody, or the reason of a stop */
  code?: string
  /** of the orders that wait, those for this SKU */
  left?: number
  /** of the item that was scanned */
  sku?: string
  task: string
  /** where the item goes instead, as a sentence */
  text?: string
  /** orders of the walk that wait for their item, without those at tables */
  waiting: number
}

export interface BenchCarton {
  code: string
  kind: 'box' | 'mailer'
  max_g: number
  mm: number[]
  tare_g: number
}

export interface BenchCode {
  code: string
  factor: number
}

export interface BenchLine {
  /** what may be scanned for it, the SKU itself among them */
  codes: BenchCode[]
  fragile?: boolean
  quantity: number
  sku: string
  this_side_up?: boolean
  title: string
  /** of one; 0 = unknown */
  weight_g: number
}

export interface BenchWork {
  deadline?: string
  id: string
  /** to be verified; empty unless it is picked */
  lines: BenchLine[]
  node: string
  order: string
  order_no: string
  /** while it is picked */
  proposal?: Proposal
  status: string
  /** why it must not go on: put aside, or held */
  stops: StopTold[]
  /** other orders that go into the same parcel: lines and proposal are for all of them */
  together?: Together
}

export interface Buffer {
  channel: string
  owner?: string
  percent: number
  quantity: number
  /** empty: all that have none of their own */
  sku?: string
}

export interface BufferName {
  channel: string
  owner?: string
  sku?: string
}

export interface BufferPage {
  buffers: Buffer[]
  next_cursor?: string
}

export interface BulkItem {
  items: Item[]
}

export interface BulkOrders {
  orders: Document[]
}

export interface BulkPackItem {
  items: PackItem[]
}

export interface BulkPickItem {
  items: PickItem[]
}

export interface BulkShipItem {
  items: ShipItem[]
}

export interface CameInput {
  /** without lines all that is awaited */
  lines?: CameLine[]
  /** empty = where they were to come */
  node?: string
}

export interface CameLine {
  quantity: number
  /** code or bar code */
  sku: string
}

export interface Cancelled {
  order: string
  pending?: boolean
  stage: string
  whole: boolean
}

export interface CarrierAccount {
  carrier: string
  /** how long they last at the rate of the last day; left out while nothing is used */
  hours?: number
  /** it was warned of */
  low: boolean
  seen_at: string
  /** left */
  waybills: number
}

export interface CarrierAccounts {
  accounts: CarrierAccount[]
}

export interface CarrierAnswer {
  /** what it can do beyond waybills: quote areas balance collect */
  powers: string[]
  /** areas it does not serve now */
  suspended: number
  /** left, where they are bought in advance */
  waybills?: number
}

export interface CarrierChoice {
  currency: string
  /** somebody takes it; then the first of the services gets it */
  found: boolean
  /** those that can take it first, the best of them first */
  services: AskedOfOne[]
  /** as a sentence */
  why: string
}

export interface CarrierLogin {
  /** of the carrier's interface */
  address: string
  /** its code in rates and on waybills */
  carrier: string
  /** one that is not is not called */
  enabled: boolean
  /** the secret itself is never given back */
  has_secret: boolean
  /** the name the carrier knows us by */
  key: string
  /** which adapter */
  kind: string
  updated_at: string
  updated_by: string
}

export interface CarrierLoginInput {
  address?: string
  carrier: string
  enabled: boolean
  key?: string
  kind: string
  /** sealed, and never given back; empty keeps the one there is */
  secret?: string
}

export interface CarrierLogins {
  /** the adapters there are */
  kinds: string[]
  logins: CarrierLogin[]
}

export interface CarrierName {
  carrier: string
}

export interface CartonRule {
  /** cheapest: packaging and typical freight together; smallest: the smallest carton into which everything goes, the plain rule */
  cartons: 'cheapest' | 'smallest'
  /** code of the warehouse */
  node: string
}

export interface CartonRules {
  rules: CartonRule[]
}

export interface CartonSavings {
  /** packaging and freight */
  cost: string
  /** money */
  freight: string
  /** compared: at most 100 units, and all goods and cartons have a size */
  fulfilments: number
  /** money: the cartons themselves */
  packaging: string
  parcels: number
  plain_cost: string
  plain_freight: string
  plain_packaging: string
  /** of the plain rule: the smallest carton into which everything goes, and where there is none the largest filled first */
  plain_parcels: number
}

export interface Case {
  carrier?: string
  closed_at?: string
  /** until when goods are awaited */
  deadline?: string
  decided_at?: string
  decided_by?: string
  /** exchange: what the customer owes for the goods that go out; below 0 it goes back */
  difference?: string
  id: string
  kind: 'return' | 'exchange' | 'reship' | 'refund' | 'refused'
  label: 'none' | 'requested' | 'booked' | 'failed'
  /** code of why there is no waybill */
  label_reason?: string
  lines: CaseLine[]
  /** where goods are to come */
  node?: string
  note?: string
  opened_at: string
  opened_by: string
  order: string
  /** the channel's number of the order */
  order_no?: string
  reason: string
  replacement: 'none' | 'due' | 'made'
  replacement_order?: string
  status: 'requested' | 'approved' | 'received' | 'inspected' | 'closed' | 'rejected' | 'cancelled' | 'expired'
  units: CaseUnit[]
  /** of the way back */
  waybill?: string
}

export interface CaseCounts {
  /** by state; up to 1000: that many or more */
  cases: Record<string, number>
  refunds: Record<string, number>
}

export interface CaseDetail {
  carrier?: string
  closed_at?: string
  /** until when goods are awaited */
  deadline?: string
  decided_at?: string
  decided_by?: string
  /** exchange: what the customer owes for the goods that go out; below 0 it goes back */
  difference?: string
  id: string
  kind: 'return' | 'exchange' | 'reship' | 'refund' | 'refused'
  label: 'none' | 'requested' | 'booked' | 'failed'
  /** code of why there is no waybill */
  label_reason?: string
  lines: CaseLine[]
  /** where goods are to come */
  node?: string
  note?: string
  opened_at: string
  opened_by: string
  order: string
  /** the channel's number of the order */
  order_no?: string
  reason: string
  refunds: Refund[]
  replacement: 'none' | 'due' | 'made'
  replacement_order?: string
  status: 'requested' | 'approved' | 'received' | 'inspected' | 'closed' | 'rejected' | 'cancelled' | 'expired'
  units: CaseUnit[]
  /** of the way back */
  waybill?: string
}

export interface CaseInput {
  kind: 'return' | 'exchange' | 'reship' | 'refund' | 'refused'
  /** without lines all that can be asked for */
  lines?: AskedLine[]
  /** where goods are to come; empty = where they left from */
  node?: string
  note?: string
  reason: 'changed_mind' | 'wrong_item' | 'damaged' | 'defective' | 'missing' | 'not_as_described' | 'late' | 'lost' | 'refused' | 'other'
}

export interface CaseLine {
  line_no: number
  /** asked for; 0 = it came although nobody asked */
  quantity: number
  received: number
  sku: string
  swap?: string
  title?: string
}

export interface CasePage {
  cases: Case[]
  next_cursor?: string
}

export interface CasePhoto {
  added_at: string
  bytes: number
  /** points */
  height: number
  id: string
  /** of the picture; with ?size=small of a small one */
  path: string
  /** points */
  width: number
}

export interface CasePhotos {
  photos: CasePhoto[]
}

export interface CaseUnit {
  fate: 'waiting' | 'refurbish' | 'restock' | 'quarantine' | 'scrap'
  grade?: 'A' | 'B' | 'C' | 'D'
  graded_at?: string
  graded_by?: string
  id: string
  /** 0 = never sold with this order */
  line_no: number
  location?: string
  lot?: string
  note?: string
  photos?: string[]
  quantity: number
  received_at: string
  received_by: string
  sku: string
}

export interface CauseCount {
  cause: string
  count: string
}

export interface Channel {
  /** orders placed before are not asked for */
  begin_at: string
  created_at: string
  enabled: boolean
  /** seconds between two pulls */
  every_s: number
  /** the secret itself is never given back */
  has_secret: boolean
  id: string
  /** which connector */
  kind: string
  /** in which sentences go to the shop */
  lang: 'en' | 'zh-CN'
  /** the channel of its orders */
  name: string
  /** when it is told of a parcel */
  report_at: 'print' | 'weigh' | 'handover'
  /** as its connector reads them; without the secret */
  settings: unknown
  /** the shop of its orders */
  shop?: string
  state: ChannelState
  /** it is told what it may sell */
  stock_push: boolean
}

export interface ChannelFine {
  /** no first scan of the carrier in time */
  collect_by: string
  /** not handed over in time */
  ship_by: string
}

export interface ChannelHour {
  /** when they were counted last */
  at: string
  /** of them, orders here */
  held: number
  /** when it began */
  hour: string
  missing: number
  /** of them, documents that could not become an order */
  refused: number
  /** orders the shop says were placed in it */
  shop: number
}

export interface ChannelHours {
  hours: ChannelHour[]
  next_cursor?: string
}

export interface ChannelInput {
  /** now when left out */
  begin_at?: string
  /** true when left out of a new one */
  enabled?: boolean
  every_s?: number
  kind?: string
  lang?: 'en' | 'zh-CN'
  /** small letters, digits, hyphens; cannot be changed, like shop, kind and begin_at */
  name?: string
  report_at?: 'print' | 'weigh' | 'handover'
  /** kept, and never given back */
  secret?: string
  settings?: unknown
  shop?: string
  stock_push?: boolean
}

export interface ChannelList {
  channels: Channel[]
  /** the connectors there are */
  kinds: string[]
}

export interface ChannelMessage {
  attempts: number
  channel: string
  /** why the last attempt failed */
  code?: string
  created_at: string
  id: string
  /** what is told once */
  key: string
  kind: 'shipment' | 'cancel_answer' | 'stock'
  next_at?: string
  order?: string
  parcel?: string
  /** the shop's */
  reference?: string
  sent_at?: string
  state: 'queued' | 'sent' | 'failed' | 'uncertain'
  /** the same as a sentence */
  text?: string
  /** the shop knows of the parcel, and no carrier has scanned it since */
  uncollected_at?: string
}

export interface ChannelMessages {
  messages: ChannelMessage[]
  next_cursor?: string
}

export interface ChannelState {
  /** why the last pull failed */
  code?: string
  /** in a row */
  failures: number
  /** how far behind the shop we are while there is more to pull; 0 when there is not */
  lag_s: number
  last_ok_at?: string
  last_pull_at?: string
  next_pull_at?: string
  /** the same as a sentence */
  text?: string
}

export interface ChannelTest {
  /** orders on the page that would come next; none of them was kept */
  documents: number
  more: boolean
  /** what it can do beyond telling orders: hook fetch count stock shipment shipment_change cancel_answer refund */
  powers: string[]
}

export interface ChannelUnread {
  at: string
  code: string
  id: string
  message: string
  /** word for word */
  raw: string
}

export interface ChannelUnreadList {
  next_cursor?: string
  unreadable: ChannelUnread[]
}

export interface CheckResult {
  extra: Difference[]
  missing: Difference[]
  ok: boolean
  /** scans that are no goods we know */
  unknown: string[]
}

export interface Claim {
  order: string
  /** when others may open it; of a case that was put off, when it comes back */
  until: string
  who: string
}

export interface ClaimInput {
  case: string
}

export interface Companion {
  /** and what its tote is scanned by */
  fulfilment: string
  order: string
  order_no: string
  status: string
  units: number
}

export interface Count {
  closed_at?: string
  closed_by?: string
  counted: number
  created_at: string
  expected: number
  id: string
  location: string
  lot?: string
  node: string
  reason: string
  sku: string
  status: string
  title: string
  zone: string
}

export interface CountAsked {
  /** what the book says stands there */
  location?: string
  /** code of the warehouse */
  node: string
  /** whose goods, where several owners use the code of the SKU */
  owner?: string
  /** wherever it stands, or at the location */
  sku?: string
}

export interface CountPage {
  counts: Count[]
  next_cursor?: string
}

export interface CountsOpened {
  counts: Count[]
}

export interface CustomerLinks {
  /** the form for the address; it opens while the order waits for one */
  confirm: string
  /** where somebody without a link begins */
  find: string
  /** returns and problems */
  return: string
  /** where the parcels are */
  track: string
}

export interface CutoffBoard {
  allocated: number
  at: string
  /** that collect then */
  carriers: string[]
  /** of it, whose own deadline is before the collection */
  late: number
  packed: number
  picked: number
  released: number
}

export interface CutoffLoad {
  /** the last collection before the deadline, or the next one for what is late; left out for what has no deadline */
  at?: string
  /** that collect then */
  carriers: string[]
  lines: number
  orders: number
  units: number
  /** an estimate: where the goods are bound is known with the release */
  walks: number
}

export interface DecidedByHand {
  /** of what was decided over */
  cost: string
  currency: string
  /** its state */
  fulfilment: string
  /** those that the decision made */
  fulfilments: HandFulfilment[]
  machine: MachineDecision
  order: string
}

export interface Decision {
  /** exchange: the other goods go out before these are here */
  at_once?: boolean
  /** needed to reject */
  note?: string
}

export interface DeskAnswer {
  case?: Case
  /** the case was opened by this scan */
  new?: boolean
  /** unknown: nobody announced it; pool it */
  state: 'case' | 'unknown'
}

export interface DeskGrade {
  case: string
  event_id: string
  /** empty = the usual one of the grade */
  fate?: 'restock' | 'refurbish' | 'quarantine' | 'scrap'
  /** true is grade A, false grade C; instead of grade */
  good?: boolean
  /** A as new, B to be refurbished, C defective, D scrap */
  grade: 'A' | 'B' | 'C' | 'D'
  /** for goods to be sold again; empty = where they were picked */
  location?: string
  /** of goods that are not booked in yet */
  node?: string
  note?: string
  /** references; the pictures are kept elsewhere */
  photos?: string[]
  /** 0 = one; with a unit all of it */
  quantity?: number
  /** code or bar code; the next of it that nobody has graded */
  sku?: string
  /** which one, instead of a SKU */
  unit?: string
}

export interface DeskScan {
  /** bar code of a return slip, a return waybill, or the waybill the parcel had left under */
  code: string
  /** the handheld's own name for this scan; the same scan sent twice counts once */
  event_id: string
}

export interface Detoured {
  looked: number
  printed: string[]
  relabel: Relabel[]
  rerouted: Rerouted[]
  stuck: string[]
}

export interface Difference {
  expected: number
  got: number
  sku: string
}

export interface Dock {
  lanes: DockLane[]
}

export interface DockLane {
  carrier: string
  parcels: number
  /** when the oldest of the waybills was asked for */
  since: string
}

export interface DockParcel {
  fulfilment: string
  order: string
  order_no?: string
  service?: string
  shipment: string
  /** its order is on hold: it must not go */
  stopped?: boolean
  waybill: string
  weight_g: number
}

export interface DockParcels {
  next_cursor?: string
  parcels: DockParcel[]
}

export interface Document {
  address: string
  buyer_id?: string
  buyer_ip?: string
  buyer_note?: string
  buyer_token?: string
  cancelled?: boolean
  channel: string
  city?: string
  collect_by?: string
  country?: string
  currency: string
  district?: string
  email?: string
  external_revision?: number
  lines: Line[]
  may_split?: boolean
  /** decimal text such as "12.50"; a JSON number is taken by its digits */
  order_discount?: number | string
  order_kind?: string
  order_no: string
  /** decimal text such as "12.50"; a JSON number is taken by its digits */
  paid_amount?: number | string
  paid_at?: string
  payment_method?: string
  payment_status?: string
  phone?: string
  placed_at: string
  postcode?: string
  promised_by?: string
  province?: string
  recipient_name: string
  recipient_token?: string
  seller_note?: string
  ship_by?: string
  /** decimal text such as "12.50"; a JSON number is taken by its digits */
  shipping_fee?: number | string
  shop?: string
  token_issuer?: string
  [other: string]: unknown
}

export interface Done {
  /** done */
  status: string
}

export type Empty = Record<string, unknown>

export interface EnableInput {
  /** from now on; otherwise from where it stopped */
  skip?: boolean
}

export interface Erasure {
  /** of channels, replaced */
  documents: number
  dry_run: boolean
  /** not erased: somebody still has to know where they go */
  kept: KeptOrder[]
  /** to the customer, emptied in the ledger */
  messages: number
  /** there are more orders of the person; send it again */
  more: boolean
  /** what people wrote about holds, returns, goods and prints, emptied, in the event log too */
  notes: number
  orders: string[]
  /** that the customer sent with a return, gone */
  photos: number
  /** texts of carriers, emptied */
  scans: number
}

export interface ErasureInput {
  /** as the channel calls the person */
  buyer?: string
  dry_run?: boolean
  /** kept in the audit log; write no personal data into it */
  note?: string
  orders?: string[]
  /** of the recipient, the whole number */
  phone?: string
}

export interface Event {
  actor: string
  at: string
  /** the place behind this event; after= goes on from here */
  cursor: string
  id: string
  kind: string
  order?: string
  /** what the sentence is made of; ids in it are text */
  params: unknown
  /** the fulfilment, hold, parcel or task it is about */
  subject?: string
  /** the sentence in the language asked for; timelines only */
  text?: string
}

export interface EventPage {
  events: Event[]
  /** where to go on, also when no event came */
  next_cursor: string
}

export interface Evidence {
  carrier?: string
  carton: string
  expected_g: number
  line_no: number
  /** where it was picked */
  location?: string
  lot?: string
  node: string
  packed_at: string
  /** who packed, and checked what is in it */
  packer: string
  parcel: string
  picked_at?: string
  picker?: string
  quantity: number
  shipment?: string
  sku: string
  task?: string
  waybill?: string
  weight_g: number
}

export interface EvidenceList {
  evidence: Evidence[]
}

export interface Exception {
  aftersale: string
  /** one word for why it waits */
  cause: string
  channel: string
  city?: string
  /** who has it open */
  claimed_by?: string
  /** when others may open it; of a case that was put off, when it comes back */
  claimed_until?: string
  country?: string
  created_at: string
  currency: string
  /** while it waits: the earlier of ship_by and of when the carrier must have it */
  deadline?: string
  delivery: string
  external_no: string
  /** while it waits: what the channel takes if the deadlines that are still ahead are missed */
  fine_at_risk?: string
  /** while it waits: for deadlines that have passed */
  fine_missed?: string
  fulfilment: string
  /** live ones */
  holds: number
  id: string
  kind: string
  lines: number
  payment: string
  placed_at: string
  priority: number
  promised_by?: string
  province?: string
  /** what stops it, as sentences */
  reasons: string[]
  recipient: string
  review: string
  ship_by?: string
  shop?: string
  total: string
  units: number
  updated_at: string
}

export interface ExceptionFigures {
  /** of those that wait for a decision, then of those that were put aside */
  causes: CauseCount[]
  /** cases that were opened and decided in the last 24 hours, at most 1,000 */
  decided: number
  /** cases that wait for a decision: 17 or 1000+ */
  left: string
  /** from opening to decision; 0 = none was decided */
  median_seconds: number
  /** of reviewed: went on without anybody */
  passed: number
  /** orders of the last 24 hours, the newest 2,000 */
  reviewed: number
}

export interface ExceptionPage {
  exceptions: Exception[]
  next_cursor?: string
}

export interface Export {
  by: string
  /** of the file */
  bytes?: number
  /** of what went wrong */
  code?: string
  /** as a sentence */
  failure?: string
  /** its name */
  file?: string
  format: string
  id: string
  list: string
  made_at: string
  /** the request that asked for it, as the log has it */
  request?: string
  /** written until now */
  rows: number
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
}

export interface ExportInput {
  /** xlsx without it */
  format?: 'xlsx' | 'csv'
  /** the operation that lists it: list-orders */
  list: string
  /** of orders: people in plain text, for this; needs the scope pii */
  purpose?: 'customer_request' | 'address_correction' | 'delivery_problem' | 'carrier_claim' | 'fraud_check' | 'legal' | 'migration'
  /** its parameters, as the list has them, also one that stands in its address; limit and cursor count for nothing */
  query?: Record<string, string>
  /** in which times are written, such as Asia/Shanghai; UTC without it */
  zone?: string
}

export interface ExportList {
  /** the newest first */
  exports: Export[]
}

export interface FigureCount {
  figure: 'in' | 'picked' | 'short' | 'packed' | 'shipped' | 'late' | 'returned'
  n: number
  /** empty: of no warehouse yet */
  node?: string
  /** in: the channel; short: the location; packed: the packer; shipped, late: the carrier; returned: the reason */
  part?: string
}

export interface FigureHour {
  /** when it began */
  at: string
  counts: FigureCount[]
}

export interface FigureRow {
  at: string
  /** the last moment of its order */
  due?: string
  key: string
  node?: string
  order: string
  order_no: string
  part?: string
  sku?: string
  units?: number
}

export interface FigureRows {
  next_cursor?: string
  rows: FigureRow[]
}

export interface Figures {
  /** now; not for who reaches a part of the company only */
  fine?: FineAtRisk
  from: string
  /** the earliest first; the last one may still run */
  hours: FigureHour[]
  to: string
}

export interface FineAtRisk {
  amount: string
  currency: string
  /** of deadlines that are over already */
  missed: string
  /** only the 500 that cost most were looked at */
  more: boolean
  /** that the amounts are of */
  orders: number
}

export interface Floor {
  /** there are more places than are shown */
  cut: boolean
  /** over which picks are counted */
  days: number
  node: string
  /** at most 5,000 */
  places: Place[]
}

export interface Found {
  found: number
}

export interface Fulfilment {
  /** what allocation expects it to cost */
  cost: string
  created_at: string
  /** while it is in work: the earlier last moment of its order */
  deadline?: string
  /** while it is in work: the fine of its order that could still be saved when it was last weighed, at most a minute ago */
  fine_at_risk?: string
  /** live holds of its order */
  holds: number
  id: string
  lines: FulfilmentLine[]
  node: string
  order: string
  ship_by?: string
  status: string
  /** the parcel that it shares with other orders; of an order and of one fulfilment, not in lists */
  together?: Together
  updated_at: string
  wave?: string
}

export interface FulfilmentDetail {
  /** what allocation expects it to cost */
  cost: string
  created_at: string
  /** while it is in work: the earlier last moment of its order */
  deadline?: string
  /** while it is in work: the fine of its order that could still be saved when it was last weighed, at most a minute ago */
  fine_at_risk?: string
  /** live holds of its order */
  holds: number
  id: string
  lines: FulfilmentLine[]
  node: string
  order: string
  parcels: Parcel[]
  ship_by?: string
  shipments: Shipment[]
  status: string
  /** the parcel that it shares with other orders; of an order and of one fulfilment, not in lists */
  together?: Together
  updated_at: string
  wave?: string
}

export interface FulfilmentLine {
  line_no: number
  quantity: number
  seq: number
  sku: string
}

export interface FulfilmentPage {
  fulfilments: Fulfilment[]
  next_cursor?: string
}

export interface GoodsRef {
  line: number
  quantity: number
  /** needed where the line is a bundle: one of its components */
  sku?: string
}

export interface GradeInput {
  /** empty = the usual one of the grade */
  fate?: 'restock' | 'refurbish' | 'quarantine' | 'scrap'
  /** A as new, B to be refurbished, C defective, D scrap */
  grade: 'A' | 'B' | 'C' | 'D'
  /** for goods to be sold again; empty = where they were picked */
  location?: string
  /** of goods that are not booked in yet */
  node?: string
  note?: string
  /** references; the pictures are kept elsewhere */
  photos?: string[]
  /** 0 = one; with a unit all of it */
  quantity?: number
  /** code or bar code; the next of it that nobody has graded */
  sku?: string
  /** which one, instead of a SKU */
  unit?: string
}

export interface Grant {
  /** empty lists are everything */
  reach?: Reach
  role: 'admin' | 'manager' | 'reviewer' | 'warehouse_manager' | 'picker' | 'packer' | 'service' | 'auditor' | 'integration'
}

export interface GrantsInput {
  grants: Grant[]
}

export interface HandFulfilment {
  cost: string
  id: string
  node: string
  units: number
}

export interface HandOverInput {
  /** all labelled parcels of each */
  fulfilments?: string[]
  /** a parcel of another warehouse is refused */
  node?: string
  waybills?: string[]
}

export interface Heard {
  /** orders it said something new about */
  changed: number
  /** orders that are asked for because of it */
  fetch?: number
  /** repeated: it was taken before, and nothing was done */
  outcome: 'taken' | 'repeated'
  /** orders that were kept and not followed, such as a revision that came late */
  refused?: HeardOrder[]
}

export interface HeardOrder {
  code: string
  text: string
}

export interface Hold {
  id: string
  note?: string
  owner: string
  params?: Record<string, unknown>
  placed_at: string
  placed_by: string
  reason: string
  released_at?: string
  released_by?: string
  text: string
  until?: string
}

export interface HoldInput {
  note?: string
  /** who has to act */
  owner?: 'reviewer' | 'finance' | 'customer' | 'channel' | 'warehouse'
  /** a code, such as order.hold.manual */
  reason: string
  /** lifts itself then */
  until?: string
}

export interface Item {
  id: string
}

export interface ItemInput {
  /** the table's own name for this scan; the same scan sent twice counts once */
  event_id: string
  /** bar code of the goods */
  item: string
  /** which table of the warehouse; without it the caller's */
  table?: string
  /** the walk */
  task: string
}

export interface Job {
  /** until now, the one under way with them */
  attempts: number
  /** of what went wrong last */
  code?: string
  /** what went wrong last */
  failure?: string
  id: string
  /** which one of its kind: most often the id of the thing it is about */
  key: string
  /** ship.label, notify.send and others */
  kind: string
  /** when it is tried; empty: it was given up */
  run_at?: string
  state: 'waiting' | 'running' | 'later' | 'failed'
  /** of the request that asked for it, where traces are on */
  trace?: string
}

export interface JobCount {
  /** could run now, or runs */
  due: number
  /** given up */
  failed: number
  kind: string
  /** waits for its time */
  later: number
  /** the oldest that is due */
  since?: string
}

export interface JobCounts {
  kinds: JobCount[]
}

export interface JobPage {
  jobs: Job[]
  next_cursor?: string
}

export interface KeptOrder {
  order: string
  reason: string
  text: string
}

export interface Key {
  created_at: string
  name: string
  /** empty lists are everything */
  reach: Reach
  revoked_at?: string
  scopes: string[]
}

export interface KeyInput {
  name: string
  /** to what the key is narrowed; nothing is the whole company */
  reach?: Reach
  scopes: string[]
}

export interface Keys {
  keys: Key[]
}

export interface LabelInput {
  carrier?: string
  service?: string
}

export interface Ladder {
  /** which orders: cash on delivery, promised within two days, or of a kind; empty = all without a ladder of their own */
  level?: 'cod' | 'express' | 'normal' | 'presale' | 'exchange' | 'reship' | 'gift' | 'dropship'
  /** code of the warehouse; empty = all without a ladder of their own */
  node?: string
  /** none: the rates decide */
  rungs: Rung[]
}

export interface Ladders {
  ladders: Ladder[]
}

export interface LeaveInput {
  /** a decision was made: the time it took counts */
  decided?: boolean
}

export interface LeavingOrder {
  deadline?: string
  external_no: string
  fulfilment: string
  /** its own deadline is before the collection */
  late: boolean
  lines: number
  order: string
  status: 'allocated' | 'released' | 'picked' | 'packed'
  units: number
}

export interface LeavingOrders {
  next_cursor?: string
  orders: LeavingOrder[]
}

export interface LedgerEntry {
  at: string
  cause: string
  /** code of the location; outside: supplier, customer, adjustment, scrap or opening */
  from: string
  /** empty: from the world outside */
  from_node?: string
  from_quality: string
  id: string
  lot?: string
  quantity: number
  /** the fulfilment, shipment or count that caused it */
  ref?: string
  to: string
  to_node?: string
  to_quality: string
}

export interface LedgerPage {
  entries: LedgerEntry[]
  next_cursor?: string
}

export interface Level {
  /** can still be promised */
  available: number
  /** defective, in quarantine or missing */
  blocked: number
  /** with state idle: when it last came from a supplier or a customer, or left to one */
  moved_at?: string
  /** those that have or had it */
  nodes: NodeLevel[]
  on_hand: number
  owner?: string
  reserved: number
  sku: string
  title: string
}

export interface LevelPage {
  levels: Level[]
  next_cursor?: string
}

export interface Line {
  /** decimal text such as "12.50"; a JSON number is taken by its digits */
  line_discount?: number | string
  line_no?: number
  quantity: number
  sku: string
  title?: string
  /** decimal text such as "12.50"; a JSON number is taken by its digits */
  unit_price: number | string
  [other: string]: unknown
}

export interface LineCancelled {
  cancelled: number
  currency: string
  fulfilment: string
  line: number
  order: string
  pending?: boolean
  refund: string
  stage: string
}

export interface LineCounts {
  /** picked, or found short */
  closed: number
  /** without those that were called off */
  lines: number
  short: number
}

export interface LineEdit {
  no: number
  sku: string
}

export interface LineOff {
  /** 0 = all that is still wanted */
  quantity?: number
  reason?: string
}

export interface Location {
  aisle: number
  bay: number
  code: string
  kind: string
  level: number
  node: string
  pick_seq: number
  x_m: number
  y_m: number
  zone: string
}

export interface LocationPage {
  locations: Location[]
  next_cursor?: string
}

export interface Lookup {
  available: number
  expires_on?: string
  /** base units in one of this bar code */
  factor?: number
  /** the code is a location's */
  location?: string
  lot?: string
  /** that have the location */
  nodes?: string[]
  sku?: string
  title?: string
}

export interface MachineDecision {
  cost: string
  /** none: it would have waited */
  nodes: string[]
  /** that would ship */
  units: number
}

export interface Manifest {
  handed: Shipment[]
  id: string
  /** one for each carrier to sign */
  papers: Paper[]
  refused: NotHandled[]
}

export interface Mapping {
  actor?: string
  at?: string
  channel: string
  code: string
  owner?: string
  sku: string
  title?: string
}

export interface MappingName {
  channel: string
  code: string
}

export interface MappingPage {
  mappings: Mapping[]
  next_cursor?: string
}

export interface Me {
  company: string
  /** of a session; to be sent as X-CSRF-Token with whatever changes something */
  csrf_token?: string
  /** of the company */
  currency: string
  /** of a new session, at the latest */
  expires_at?: string
  /** as events say it: user:… or key:… */
  name: string
  /** the moment the company works by, which is not the wall's in a demo */
  now: string
  /** what may be done where; about one thing those count whose reach covers it */
  rights: Right[]
  /** of all rights together */
  scopes: string[]
}

export interface MergeInput {
  fulfilments: string[]
  reason?: string
}

export interface Mistake {
  code: string
  detail: string
  field?: string
  params?: Record<string, unknown>
}

export interface MoneyInput {
  /** needed to reject */
  note?: string
  /** of the payment; needed to mark it paid */
  reference?: string
}

export interface NewKey {
  /** shown once, stored nowhere */
  key: string
  name: string
}

export interface NewNode {
  address?: string
  /** 0 = unlimited */
  capacity_orders_day?: number
  city?: string
  /** cannot be changed later */
  code: string
  country?: string
  /** SF=16:00;ZTO=18:30 */
  cutoffs?: string
  district?: string
  /** of a parcel, in the company's currency */
  handling_cost?: string
  /** together with lng; both 0 = unknown */
  lat?: number
  lng?: number
  name?: string
  /** a closed one gets no new orders */
  open?: boolean
  /** smaller goes first */
  priority?: number
  province?: string
  /** such as Asia/Shanghai */
  timezone?: string
}

export interface NewPassword {
  new: string
  old: string
}

export interface NextInput {
  node: string
  picker?: string
}

export interface NextTask {
  task?: TaskDetail
}

export interface Node {
  address?: string
  /** 0 = unlimited */
  capacity_orders_day: number
  city: string
  code: string
  country: string
  /** SF=16:00;ZTO=18:30 */
  cutoffs: string
  district?: string
  handling_cost: string
  /** as events and decisions name it */
  id: string
  lat: number
  lng: number
  name: string
  open: boolean
  priority: number
  province: string
  timezone: string
}

export interface NodeBoard {
  /** the coming collections that something has to leave with */
  cutoffs: CutoffBoard[]
  /** some state has more than the 1,000 that were looked at */
  more: boolean
  name: string
  node: string
}

export interface NodeInput {
  address?: string
  /** 0 = unlimited */
  capacity_orders_day?: number
  city?: string
  country?: string
  /** SF=16:00;ZTO=18:30 */
  cutoffs?: string
  district?: string
  /** of a parcel, in the company's currency */
  handling_cost?: string
  /** together with lng; both 0 = unknown */
  lat?: number
  lng?: number
  name?: string
  /** a closed one gets no new orders */
  open?: boolean
  /** smaller goes first */
  priority?: number
  province?: string
  /** such as Asia/Shanghai */
  timezone?: string
}

export interface NodeLevel {
  available: number
  blocked: number
  node: string
  on_hand: number
  reserved: number
}

export interface NodeList {
  nodes: Node[]
}

export interface NotHandled {
  code: string
  /** which of the scans, as a path into the request */
  field: string
  fulfilment?: string
  text: string
  waybill?: string
}

export interface Note {
  note?: string
}

export interface Notes {
  buyer?: string
  seller?: string
}

export type Nothing = Record<string, unknown>

export interface Notification {
  attempts: number
  channel: 'email' | 'sms'
  created_at: string
  /** what the other side said */
  detail?: string
  /** not before: quiet hours */
  due_at?: string
  /** from which it follows */
  event: string
  id: string
  language?: string
  notice: string
  order: string
  /** a code */
  reason?: string
  /** the address, most of it hidden */
  recipient?: string
  /** Message-ID of a mail */
  reference?: string
  sent_at?: string
  state: 'queued' | 'sent' | 'failed' | 'suppressed'
  /** version of the text; 0 = built in */
  template: number
  /** the reason as a sentence */
  text?: string
}

export interface NotificationPage {
  next_cursor?: string
  notifications: Notification[]
}

export interface NotificationPolicy {
  /** where the country does not say */
  language: 'en' | 'zh-CN'
  /** the channels of each notice, in the order in which they are tried; none = not told */
  notices: Record<string, string[]>
  /** 22:00, by the customer's clock */
  quiet_from: string
  /** 08:00; the same as quiet_from = no quiet hours */
  quiet_to: string
  /** how messages are signed; empty = the shop that sold */
  shop: string
}

export interface Order {
  aftersale: string
  back_orders: BackOrder[]
  channel: string
  collect_by?: string
  created_at: string
  currency: string
  delivery: string
  discount: string
  external_no: string
  fulfilment: string
  fulfilments: Fulfilment[]
  holds: Hold[]
  id: string
  kind: string
  lines: OrderLine[]
  may_split: boolean
  notes: Notes
  paid_amount: string
  paid_at?: string
  parcels: Parcel[]
  payment: string
  payment_method?: string
  placed_at: string
  priority: number
  promised_by?: string
  recipient: Recipient
  review: string
  ship_by?: string
  shipments: Shipment[]
  shipping_fee: string
  shop?: string
  standing: Standing
  total: string
  updated_at: string
}

export interface OrderEdit {
  lines?: LineEdit[]
  may_split?: boolean
  /** the whole recipient; a field that holds its mask, as answers show it, stays as it is */
  recipient?: Recipient
  seller_note?: string
}

export interface OrderLine {
  cancelled: number
  discount: string
  /** false while the catalogue has no such SKU */
  known: boolean
  no: number
  quantity: number
  sku: string
  title?: string
  unit_price: string
}

export interface OrderPage {
  next_cursor?: string
  orders: OrderSummary[]
}

export interface OrderSummary {
  aftersale: string
  channel: string
  city?: string
  country?: string
  created_at: string
  currency: string
  /** while it waits: the earlier of ship_by and of when the carrier must have it */
  deadline?: string
  delivery: string
  external_no: string
  /** while it waits: what the channel takes if the deadlines that are still ahead are missed */
  fine_at_risk?: string
  /** while it waits: for deadlines that have passed */
  fine_missed?: string
  fulfilment: string
  /** live ones */
  holds: number
  id: string
  kind: string
  lines: number
  payment: string
  placed_at: string
  priority: number
  promised_by?: string
  province?: string
  recipient: string
  review: string
  ship_by?: string
  shop?: string
  total: string
  units: number
  updated_at: string
}

export interface OverrideInput {
  /** the order may be split even if its channel does not allow it; it is recorded */
  allow_split?: boolean
  /** code of the warehouse */
  node: string
  /** what moves; without it all that no wave has taken */
  pieces?: GoodsRef[]
  reason: string
}

export interface OwedLine {
  channel: string
  line_no: number
  order: string
  order_no: string
  placed_at: string
  quantity: number
  /** out_of_stock, may_not_split, short_pick, no_service or capacity */
  reason: string
  ship_by?: string
  shop?: string
  since: string
  sku: string
  title?: string
}

export interface OwedPage {
  lines: OwedLine[]
  next_cursor?: string
}

export interface PackInput {
  packer?: string
  parcels?: ParcelInput[]
  /** the second check: every scan that went into the parcels */
  scans?: string[]
  /** of a parcel for several orders: do not wait for those that are not picked; they travel by themselves */
  without?: boolean
}

export interface PackItem {
  id: string
  packer?: string
  parcels?: ParcelInput[]
  /** the second check: every scan that went into the parcels */
  scans?: string[]
  /** of a parcel for several orders: do not wait for those that are not picked; they travel by themselves */
  without?: boolean
}

export interface Packed {
  id: string
  parcels: Parcel[]
}

export interface Paper {
  carrier: string
  /** of the paper that gathers what left without a scan at the dock on one day of the warehouse; it grows until the day is over */
  day?: string
  handed_at: string
  handed_by: string
  id: string
  lines?: PaperLine[]
  node: string
  parcels: number
  weight_g: number
}

export interface PaperLine {
  service?: string
  shipment: string
  waybill: string
  weight_g: number
}

export interface PaperPage {
  manifests: Paper[]
  next_cursor?: string
}

export interface Parcel {
  carton: string
  expected_g: number
  fulfilment: string
  id: string
  /** the parcel of another order that it lies in: that one has the carton, the weight and the label */
  inside?: string
  mm: number[]
  no: number
  packed_at: string
  packer: string
  status: string
  weight_g: number
}

export interface ParcelInput {
  carton?: string
  lines?: ParcelLine[]
  /** from the scale; 0 = not weighed */
  weight_g?: number
}

export interface ParcelLabel {
  carton: string
  expected_g: number
  fulfilment: string
  id: string
  /** the parcel of another order that it lies in: that one has the carton, the weight and the label */
  inside?: string
  mm: number[]
  no: number
  packed_at: string
  packer: string
  /** the newest; without one nobody asked for the label */
  print?: PrintJob
  /** the newest; without one no carrier was asked */
  shipment?: Shipment
  status: string
  weight_g: number
  /** why there is no waybill, or no label, as a sentence */
  why?: string
}

export interface ParcelLabels {
  parcels: ParcelLabel[]
  /** of the fulfilment */
  status: string
  stops: StopTold[]
}

export interface ParcelLine {
  quantity: number
  seq: number
}

export interface ParcelLook {
  fulfilment: string
  /** false: it must not go on; do what the stops say */
  go: boolean
  order: string
  /** of the fulfilment */
  status: string
  stops: StopTold[]
  /** the one that counts now */
  waybill?: string
}

export interface ParcelScan {
  /** a waybill, or the id of a parcel or a fulfilment */
  code: string
  /** the handheld's own name for this scan */
  event_id: string
}

export interface ParcelTrial {
  city?: string
  height_mm?: number
  /** of the order; normal without it */
  kind?: 'normal' | 'presale' | 'cod' | 'exchange' | 'reship' | 'gift' | 'dropship'
  length_mm?: number
  /** code of the warehouse it would leave from */
  node: string
  promised_by?: string
  province: string
  weight_g: number
  width_mm?: number
}

export interface PasswordInput {
  /** empty: one that nobody can guess is made, and told once */
  password?: string
}

export interface People {
  people: Person[]
}

export interface PerhapsOwner {
  case: string
  order: string
  /** the case is over; open a new one of its order for what came */
  over?: boolean
  phone: boolean
  /** in the parcel that the case awaits, or that were in it */
  pieces: number
  score: number
  waybill: boolean
}

export interface Person {
  created_at?: string
  disabled: boolean
  grants: Grant[]
  login: string
}

export interface PersonFile {
  cases: Case[]
  /** there are older orders */
  more?: boolean
  /** what the person was told, newest first */
  notifications: Notification[]
  /** newest first; the order that was asked about is among them */
  orders: PersonOrder[]
  /** masked */
  recipient: Recipient
  shipments: Shipment[]
}

export interface PersonInput {
  grants: Grant[]
  login: string
  /** to be changed by the person */
  password: string
}

export interface PersonOrder {
  aftersale: string
  channel: string
  currency: string
  delivery: string
  external_no: string
  fulfilment: string
  /** of the first line */
  goods: string
  id: string
  /** what the customer is told, as a code */
  label: string
  payment: string
  placed_at: string
  review: string
  shop?: string
  total: string
  units: number
}

export interface PickInput {
  lines?: PickedLine[]
  picker?: string
}

export interface PickItem {
  id: string
  lines?: PickedLine[]
  picker?: string
}

export interface Picked {
  /** those that can be packed now */
  fulfilments: string[]
  task: string
  task_status: string
}

export interface PickedLine {
  picked: number
  seq: number
}

export interface Picker {
  picker?: string
}

export interface Place {
  aisle: number
  bay: number
  code: string
  kind: string
  level: number
  /** lines that wait to be picked there */
  open: number
  pick_seq: number
  /** of the last days */
  picks: number
  skus: number
  /** that stand there */
  units: number
  x_m: number
  y_m: number
  zone: string
}

export interface Policy {
  kinds: string[]
  limit: number
  phone: string
  refund: number
  send_within: number
  windows: Record<string, number>
}

export interface PoolInput {
  /** what is in it */
  lines?: CameLine[]
  node: string
  note?: string
  /** the last digits of a phone on it, four or more */
  phone_tail?: string
  photos?: string[]
  waybill?: string
}

export interface PrintJob {
  actor?: string
  attempts: number
  created_at: string
  document: string
  /** code of why it did not come out, or was dropped from the queue: printing.left, printing.voided, printing.unpacked */
  failure?: string
  /** the same as a sentence */
  failure_text?: string
  format: string
  fulfilment?: string
  id: string
  order?: string
  printed_at?: string
  printer: string
  reason?: string
  reprint_of?: string
  sent_at?: string
  shipment?: string
  state: 'queued' | 'sent' | 'printed' | 'failed' | 'cancelled'
  /** sent, and nobody knows whether it came out: look, then confirm or retry */
  uncertain?: boolean
  waybill?: string
}

export interface PrintJobPage {
  jobs: PrintJob[]
  next_cursor?: string
}

export interface PrinterItem {
  /** raw: HOST:PORT; cups: ipp://HOST:PORT/printers/QUEUE */
  address: string
  /** raw: it tells its state when asked (~HS); empty = yes for zpl. Of one that does not, a person is asked after every label */
  answers?: boolean
  condition?: string
  condition_since?: string
  condition_text?: string
  enabled: boolean
  format: 'zpl' | 'pdf'
  id?: string
  /** raw = TCP port 9100, cups = a queue of a print server */
  kind: 'raw' | 'cups'
  /** of the captions on the label */
  language?: 'en' | 'zh-CN'
  media?: '100x150'
  name: string
  /** code of the warehouse */
  node: string
  /** the bench it stands at; empty = it serves the whole warehouse and prints labels without being asked */
  station?: string
}

export interface PrinterList {
  printers: PrinterItem[]
}

export interface Problem {
  /** stable name of what is wrong */
  code: string
  detail: string
  /** the single mistakes, when several were found */
  errors?: Mistake[]
  /** the input it is about */
  field?: string
  /** what the sentence is made of */
  params?: Record<string, unknown>
  request_id?: string
  status: number
  title: string
  /** urn:packhorse:problem: and the code */
  type: string
}

export interface Proposal {
  cost: string
  /** nothing cheaper is possible */
  lower_bound: string
  parcels: ProposedParcel[]
}

export interface ProposedLine {
  lot?: string
  quantity: number
  seq: number
  sku: string
}

export interface ProposedParcel {
  carton: string
  expected_g: number
  lines: ProposedLine[]
  mm: number[]
  /** where every unit stands */
  places: UnitPlace[]
}

export interface Question {
  /** missing: the customer cannot be reached; give them the link another way */
  channel?: 'email' | 'sms'
  language: string
  /** the signed page on which the address is confirmed; for the customer only */
  link: string
  /** the address, most of it hidden */
  recipient?: string
  /** not before: it is night where the customer lives */
  sent_at?: string
  subject: string
  /** with the customer's name masked */
  text: string
}

export interface Queueing {
  /** by channel; * is every other */
  fines: Record<string, ChannelFine>
  /** the order in which waves take what waits, after priority */
  sort: 'deadline' | 'fine'
}

export interface Queues {
  allocated: string
  backordered: string
  held: string
  partial: string
  pending: string
  waiting: string
}

export interface Rate {
  carrier: string
  currency: string
  days_p50: number
  days_p90: number
  first_g: number
  first_price: string
  from_region: string
  service: string
  step_g: number
  step_price: string
  to_region: string
  volumetric_divisor: number
}

export interface RateList {
  rates: Rate[]
}

export interface Reach {
  /** codes of warehouses; none is all */
  nodes?: string[]
  /** owners of goods, - for the company's own; none is all */
  owners?: string[]
  /** channel, or channel/shop; none is all */
  shops?: string[]
}

export interface Rebuilding {
  /** rebuilding */
  status: string
}

export interface Receipt {
  /** our order */
  id?: string
  /** cancel_pending, amend_pending: its carriers are asked first whether they have collected it; order.cancelled.v1 or order.too_late.v1, order.amended.v1 or order.amend_refused.v1 tells */
  outcome: 'created' | 'amended' | 'unchanged' | 'cancelled' | 'cancel_pending' | 'amend_pending'
  /** place in the inbox of the document the order follows now */
  revision: number
}

export interface Recipient {
  address: string
  city?: string
  country?: string
  district?: string
  email?: string
  issuer?: string
  name: string
  phone?: string
  postcode?: string
  province?: string
  token?: string
}

export interface RedecideInput {
  reason?: string
}

export interface Refund {
  amount: string
  asked_at: string
  asked_by: string
  /** how often the shop was told */
  attempts: number
  case: string
  currency: string
  decided_at?: string
  decided_by?: string
  done_at?: string
  /** code of why the shop did not */
  failure?: string
  id: string
  lines: RefundLine[]
  order: string
  reason: string
  reference?: string
  status: 'requested' | 'approved' | 'sent' | 'failed' | 'done' | 'rejected'
  way?: 'channel' | 'manual'
}

export interface RefundInput {
  /** without lines what was paid for the goods that are here */
  lines?: RefundLine[]
  /** empty = the reason of the case */
  reason?: string
}

export interface RefundLine {
  amount: string
  /** 0 = what was paid for shipping */
  line_no: number
}

export interface RefundPage {
  next_cursor?: string
  refunds: Refund[]
}

export interface Refundable {
  currency: string
  lines: RefundLine[]
}

export interface Rejection {
  code: string
  field: string
  message: string
  row: number
}

export interface Relabel {
  from: string
  fulfilment: string
  to: string
}

export interface Released {
  id: string
  /** in order of the walk */
  lines: ReleasedLine[]
  task: string
}

export interface ReleasedLine {
  location: string
  lot?: string
  quantity: number
  seq: number
  sku: string
}

export interface Reminded {
  order: string
  priority: number
  stage: string
}

export interface Rendered {
  html: string
  subject: string
  text: string
}

export interface ReplayInput {
  /** these; or */
  deliveries?: string[]
  /** leave out what was taken */
  failed_only?: boolean
  /** those of events from this moment on, */
  from?: string
  /** before this one; empty = until now */
  to?: string
}

export interface ReplayOutcome {
  /** there were more than one request takes; go on with from = next */
  next?: string
  queued: number
}

export interface ReprintInput {
  reason: string
  /** empty = the printer it came from */
  station?: string
}

export interface Rerouted {
  fulfilment: string
  order: string
}

export interface ResetPassword {
  login: string
  /** of one that was made; stored nowhere */
  password?: string
}

export interface ResultPacked {
  problem?: Problem
  result?: Packed
  /** the HTTP status the item would have had alone */
  status: number
}

export interface ResultPicked {
  problem?: Problem
  result?: Picked
  /** the HTTP status the item would have had alone */
  status: number
}

export interface ResultReceipt {
  problem?: Problem
  result?: Receipt
  /** the HTTP status the item would have had alone */
  status: number
}

export interface ResultReleased {
  problem?: Problem
  result?: Released
  /** the HTTP status the item would have had alone */
  status: number
}

export interface ResultShipOutcome {
  problem?: Problem
  result?: ShipOutcome
  /** the HTTP status the item would have had alone */
  status: number
}

export interface ResultsPacked {
  results: ResultPacked[]
}

export interface ResultsPicked {
  results: ResultPicked[]
}

export interface ResultsReceipt {
  results: ResultReceipt[]
}

export interface ResultsReleased {
  results: ResultReleased[]
}

export interface ResultsShipOutcome {
  results: ResultShipOutcome[]
}

export interface ReturnLabelInput {
  /** empty = the one that brought the goods, if it is connected */
  carrier?: string
  service?: string
  /** in hand: no carrier is asked */
  waybill?: string
}

export interface ReturnTrial {
  currency: string
  /** left out while the carrier has not said so */
  delivered_at?: string
  kinds: TriedReturn[]
  /** until when goods that were approved now must come */
  send_by: string
}

export interface ReturnTrialInput {
  /** the one that holds without it */
  policy?: Policy
}

export interface ReturnedGoods {
  /** expiry: what expires first goes first, and of the same expiry what came back; age: what came back before everything else, the longest back first */
  returned: 'expiry' | 'age'
}

export interface Reveal {
  /** kept in the audit log */
  note?: string
  purpose: 'customer_request' | 'address_correction' | 'delivery_problem' | 'carrier_claim' | 'fraud_check' | 'legal' | 'migration'
}

export interface Revealed {
  buyer_id?: string
  buyer_ip?: string
  id: string
  recipient: Recipient
}

export interface ReviewOutcome {
  /** still live */
  holds: number
  order: string
  review: string
}

export interface Revoked {
  name: string
}

export interface Right {
  /** empty lists are everything */
  reach: Reach
  /** of a person */
  role?: string
  scopes: string[]
}

export interface Role {
  role: string
  /** * is everything */
  scopes: string[]
}

export interface RoleList {
  roles: Role[]
}

export interface Rule {
  action: string
  enabled: boolean
  expr: string
  id: string
  name: string
  params?: Record<string, string>
  priority: number
  reason: string
  version: number
}

export interface RuleFact {
  /** order.total; line.sku is that of a line in lines */
  name: string
  /** as CEL names it */
  type: string
}

export interface RuleInput {
  action: 'hold' | 'reject' | 'tag'
  enabled: boolean
  /** CEL over the facts of an order */
  expr: string
  name: string
  params?: Record<string, string>
  priority: number
  /** a code; review.custom for a sentence of one's own */
  reason: string
}

export interface RuleList {
  rules: Rule[]
}

export interface RuleOutcomes {
  hold: number
  pass: number
  reject: number
}

export interface RuleTrial {
  action: 'hold' | 'reject' | 'tag'
  enabled: boolean
  /** CEL over the facts of an order */
  expr: string
  name: string
  /** how many of the newest, 1 to 5000; 1000 */
  orders?: number
  params?: Record<string, string>
  priority: number
  /** a code; review.custom for a sentence of one's own */
  reason: string
}

export interface RuleTrialChange {
  external_no: string
  from: 'pass' | 'hold' | 'reject'
  order: string
  to: 'pass' | 'hold' | 'reject'
}

export interface RuleTrialResult {
  /** with this rule */
  after: RuleOutcomes
  /** by the rules that hold now */
  before: RuleOutcomes
  /** orders whose outcome would be another */
  changed: number
  /** the newest of them, at most 50 */
  changes: RuleTrialChange[]
  /** those over which it could not be evaluated */
  failed: number
  /** those for which the rule is true */
  fired: number
  /** looked at */
  orders: number
}

export interface RuleVocabulary {
  inputs: RuleFact[]
}

export interface Rung {
  /** code of the account: an outlet has its own */
  carrier: string
  /** empty = the best of its services */
  service?: string
}

export interface SKU {
  /** as in the catalogue file: code or code*factor, separated by | */
  barcodes?: string
  battery?: boolean
  cost?: string
  fragile?: boolean
  liquid?: boolean
  /** length, width, height; 0 = unknown */
  mm?: number[]
  owner?: string
  price?: string
  shelf_life_days?: number
  sku: string
  this_side_up?: boolean
  title: string
  weight_g?: number
}

export interface SKUPage {
  next_cursor?: string
  skus: SKU[]
}

export interface SameRecipient {
  /** a person has said that they go apart */
  apart: boolean
  city?: string
  /** of all of them apart: freight and handling by the rates of allocation */
  cost: string
  /** its first fulfilment */
  id: string
  node: string
  /** the most urgent first */
  orders: SameRecipientParcel[]
  province?: string
  /** masked */
  recipient: string
  /** what one parcel for all of them would cost less */
  saves: string
}

export interface SameRecipientPage {
  currency: string
  /** what would save most first */
  groups: SameRecipient[]
  next_cursor?: string
}

export interface SameRecipientParcel {
  channel: string
  /** of its parcel */
  cost: string
  external_no: string
  fulfilment: string
  /** live ones */
  holds: number
  order: string
  ship_by?: string
  shop?: string
  /** the one parcel that it is to go into with others of the group */
  together?: string
  units: number
  weight_g: number
}

export interface Savings {
  /** orders that were decided over together, of the whole company: left out for one warehouse, and for who reaches a part of the company only */
  allocation?: AllocationSaving
  cartons: CartonSavings
  currency: string
  from: string
  /** money: plain_cost less cost of the cartons, what parcels for several orders saved, and what deciding over orders together saved where it is told; below zero where the plain rules would have been cheaper */
  saved: string
  to: string
  together: TogetherSavings
  walks: WalkSavings
}

export interface ScanAnswer {
  /** false: nothing was changed */
  accepted: boolean
  code: string
  next?: ScansNext
  state: 'location' | 'item' | 'done'
  /** told once: whose goods must not go on, and where to put what is in the tote */
  stops?: string[]
  text: string
}

export interface ScanInput {
  /** the handheld's own name for this scan; the same scan sent twice counts once */
  event_id: string
  /** bar code of the goods */
  item?: string
  /** of the task, from a handheld that carries the whole walk: it may take the stops in another order; 0 = the next stop */
  line?: number
  location?: string
  lot?: string
  picker?: string
  /** how many of that bar code; 0 = one */
  quantity?: number
  task: string
}

export interface Scans {
  scans: string[]
}

export interface ScansNext {
  /** lines of the task that are closed */
  closed: number
  lines: number
  location: string
  lot?: string
  picked: number
  quantity: number
  seq: number
  sku: string
  title: string
}

export interface SearchHit {
  aftersale: string
  channel: string
  city?: string
  delivery: string
  external_no: string
  fulfilment: string
  id: string
  payment: string
  placed_at: string
  recipient?: string
  review: string
  shop?: string
  skus: string[]
  /** live and gone ones */
  waybills: string[]
}

export interface SearchPage {
  next_cursor?: string
  orders: SearchHit[]
}

export interface SeparateInput {
  fulfilments: string[]
}

export interface SeparateResult {
  fulfilments: number
}

export interface SharedPage {
  currency: string
  next_cursor?: string
  /** the newest first */
  parcels: SharedParcel[]
}

export interface SharedParcel {
  by?: string
  cost: string
  id: string
  made_at: string
  made_by: string
  /** the one that leads first */
  members: Companion[]
  node: string
  /** masked */
  recipient: string
  saves: string
}

export interface Shelf {
  expires_on?: string
  /** of the location */
  kind: string
  location: string
  lot?: string
  node: string
  on_hand: number
  quality: string
  /** of it, bound to picks */
  reserved: number
  sku: string
  title: string
  zone: string
}

export interface ShelfList {
  /** at most 500 */
  shelves: Shelf[]
}

export interface ShipInput {
  carrier: string
  service?: string
  /** of the form; several parcels get -1, -2, … */
  waybill: string
}

export interface ShipItem {
  carrier: string
  id: string
  service?: string
  /** of the form; several parcels get -1, -2, … */
  waybill: string
}

export interface ShipOutcome {
  id: string
  shipments: Shipment[]
}

export interface Shipment {
  carrier: string
  cost: string
  created_at?: string
  currency: string
  delivered_at?: string
  fulfilment: string
  handed_over_at?: string
  id: string
  last_scan_at?: string
  late?: string
  order?: string
  parcel: string
  promised_by?: string
  reason?: string
  service?: string
  status: string
  /** where it is */
  tracking?: string
  waybill?: string
  /** the shipment of another order whose parcel it travels in; it costs nothing itself */
  with?: string
}

export interface ShipmentDetail {
  carrier: string
  cost: string
  created_at?: string
  currency: string
  delivered_at?: string
  fulfilment: string
  handed_over_at?: string
  id: string
  last_scan_at?: string
  late?: string
  order?: string
  parcel: string
  promised_by?: string
  reason?: string
  scans: TrackScan[]
  service?: string
  status: string
  /** where it is */
  tracking?: string
  waybill?: string
  /** the shipment of another order whose parcel it travels in; it costs nothing itself */
  with?: string
}

export interface ShortInput {
  /** of the task */
  line: number
  /** found, earlier scans included */
  picked: number
  picker?: string
  /** why: nothing there, damaged, something else stands there */
  reason?: 'none' | 'damaged' | 'wrong_goods'
}

export interface ShortPicked {
  count: string
  fulfilment: string
  missing: number
  order: string
}

export interface SignIn {
  /** or log-in@company where there are several */
  login: string
  password: string
}

export interface SnoozeInput {
  /** within thirty days; empty takes it up again */
  until?: string
}

export interface SplitInput {
  /** the order may be split even if its channel does not allow it; it is recorded */
  allow_split?: boolean
  lines: ParcelLine[]
  /** which ships it; without it the same */
  node?: string
  /** needed where another warehouse ships it */
  reason?: string
}

export interface Standing {
  by?: string
  /** what a customer is told, as a code */
  label: string
  label_text: string
  late: boolean
  next: Text
  next_text: string
  owner?: string
  why: Text
  why_text: string
}

export interface StandingList {
  at: string
  /** reserved is not known of the past */
  shelves: Shelf[]
}

export interface StationInput {
  /** empty = the printer that serves the whole warehouse */
  station?: string
}

export interface StockChange {
  /** the new quality, for kind quality */
  becomes?: string
  /** of the lot, YYYY-MM-DD */
  expires_on?: string
  kind: 'receipt' | 'adjust_up' | 'adjust_down' | 'move' | 'quality'
  /** where it is or comes to */
  location: string
  lot?: string
  /** code of the warehouse */
  node: string
  note?: string
  /** whose goods, where several owners use the code; empty = the company's own, or those of the only one who uses it */
  owner?: string
  quality?: 'good' | 'defective' | 'quarantine' | 'missing'
  quantity: number
  sku: string
  /** the other location, for a move */
  to?: string
}

export interface StopPage {
  next_cursor?: string
  stops: StopRow[]
}

export interface StopRow {
  at: string
  code: string
  fulfilment: string
  id: string
  order: string
  text: string
}

export interface StopTold {
  at: string
  code: string
  text: string
}

export interface Stranger {
  channel: string
  /** as the channel calls the goods */
  code: string
  /** the order that waits longest */
  oldest: string
  /** that wait for it */
  orders: number
  title?: string
  units: number
}

export interface Strangers {
  strangers: Stranger[]
}

export interface Suspension {
  carrier: string
  city?: string
  from?: string
  id?: string
  /** * is everywhere */
  province: string
  reason?: string
  /** empty = every service */
  service?: string
  /** empty = until further notice */
  until?: string
}

export interface SuspensionList {
  suspensions: Suspension[]
}

export interface Task {
  created_at: string
  id: string
  method: string
  /** length of the walk; 0 = the locations have no coordinates */
  metres: number
  node: string
  picker?: string
  /** of the walk in order of pick_seq */
  plain_metres: number
  status: string
  updated_at: string
  wave?: string
  zone?: string
}

export interface TaskDetail {
  created_at: string
  id: string
  lines: Visit[]
  method: string
  /** length of the walk; 0 = the locations have no coordinates */
  metres: number
  node: string
  picker?: string
  /** of the walk in order of pick_seq */
  plain_metres: number
  status: string
  updated_at: string
  wave?: string
  zone?: string
}

export interface TaskPage {
  next_cursor?: string
  tasks: Task[]
}

export interface Template {
  body: string
  channel: string
  html: string
  language: string
  notice: string
  subject: string
  version: number
}

export interface TemplateInput {
  /** plain text; {name} and its like are filled in */
  body: string
  /** empty = made from the body */
  html?: string
  /** one line; an SMS is this line alone */
  subject: string
}

export interface TemplateList {
  templates: Template[]
}

export interface TemplateLoad {
  /** whose cut-offs count; empty = all */
  carriers?: string[]
  /** it works towards */
  cutoff_at?: string
  /** it releases by itself now */
  due: boolean
  enabled: boolean
  id?: string
  /** when waybills are taken and labels printed: with the wave, in the order of the walk, or after the check; empty = check */
  label_at?: 'release' | 'check'
  load: WaveLoad
  max_orders: number
  /** shape: each order by the method its shape asks for (urgent, bulky, hot, single, multi-line) */
  method: 'discrete' | 'batch' | 'shape'
  minutes_before_cutoff: number
  name: string
  /** code of the warehouse */
  node: string
  /** when it begins to release by itself for that cut-off */
  opens_at?: string
  /** only what stands in these zones; empty = all */
  zones?: string[]
}

export interface TemplateTrial {
  /** plain text; {name} and its like are filled in */
  body: string
  /** empty = made from the body */
  html?: string
  /** whose values are filled in, its customer's name masked; a made-up one without it */
  order?: string
  /** one line; an SMS is this line alone */
  subject: string
  /** of a test: the e-mail address it goes to */
  to?: string
}

export interface TestSent {
  /** Message-ID of a mail */
  reference?: string
  to: string
}

export interface Text {
  code: string
  params?: Record<string, unknown>
}

export interface Timeline {
  events: Event[]
}

export interface Today {
  /** orders that came in during each of the last 24 hours, the running one last; empty for who reaches a part of the company only */
  hours: number[]
  nodes: NodeBoard[]
}

export interface Together {
  /** when the first of all of them has to be handed over */
  by?: string
  /** the carton is another order's, and bears the label */
  inside: boolean
  /** what else is to go into it, or lies in it, the most urgent first */
  others: Companion[]
  /** the carton, once it is packed */
  parcel?: string
}

export interface TogetherDone {
  /** why it was refused; empty where it was done */
  code?: string
  /** freight and handling of the one parcel */
  cost?: string
  /** the one that leads first: the carton and the label will be its */
  fulfilments: string[]
  message?: string
  /** what it costs less than a parcel for each */
  saves?: string
}

export interface TogetherInput {
  parcels: TogetherParcel[]
}

export interface TogetherParcel {
  fulfilments: string[]
}

export interface TogetherResult {
  currency: string
  parcels: TogetherDone[]
}

export interface TogetherSavings {
  /** of a parcel for each order */
  apart: string
  /** freight and handling of the parcels, by the rates when they were asked for */
  cost: string
  /** in them */
  orders: number
  parcels: number
  saved: string
}

export interface TrackInput {
  carrier?: string
  scans: TrackScan[]
  waybill: string
}

export interface TrackOutcome {
  /** scans that were not known */
  new: number
  reason?: string
  shipment: string
  status: string
}

export interface TrackScan {
  at: string
  /** the carrier's own */
  code: string
  place?: string
  reason?: string
  /** what the code means */
  status?: string
  text?: string
}

export interface TriedReturn {
  /** at once, without a person */
  approved: boolean
  kind: 'return' | 'exchange' | 'reship' | 'refund'
  /** that money would go back without a person, were the goods as new; left out for kinds that are paid in goods */
  paid?: boolean
  paid_why?: string
  /** pieces that are left to ask for */
  units: number
  /** money: paid for them */
  value: string
  /** as a sentence */
  why: string
}

export interface Trolley {
  /** code of the warehouse */
  node: string
  /** fulfilments, 1 to 12 */
  places: number
  /** shortest: so that the walks together are short; first_come: as they come, the next walk when the trolley is full */
  rule: 'shortest' | 'first_come'
  /** 0 = no limit */
  volume_ml?: number
  /** 0 = no limit */
  weight_g?: number
}

export interface Trolleys {
  trolleys: Trolley[]
}

export interface TroubledCounts {
  /** up to 1000: that many or more */
  views: Record<string, number>
}

export interface TroubledPage {
  next_cursor?: string
  shipments: TroubledShipment[]
}

export interface TroubledShipment {
  /** of its order: none, open, closed */
  aftersale: string
  carrier: string
  city?: string
  cost: string
  created_at?: string
  currency: string
  delivered_at?: string
  fulfilment: string
  handed_over_at?: string
  id: string
  last_scan_at?: string
  late?: string
  node: string
  order?: string
  order_no: string
  parcel: string
  promised_by?: string
  reason?: string
  /** masked */
  recipient?: string
  service?: string
  /** of its last sign of life */
  since: string
  status: string
  /** where it is */
  tracking?: string
  waybill?: string
  /** why no carrier gave a waybill, as a sentence */
  why?: string
  /** the shipment of another order whose parcel it travels in; it costs nothing itself */
  with?: string
}

export interface UnitPlace {
  at: number[]
  mm: number[]
  sku: string
}

export interface UnknownPage {
  next_cursor?: string
  parcels: UnknownParcel[]
}

export interface UnknownParcel {
  /** that claimed it */
  case?: string
  found_at: string
  found_by: string
  id: string
  node: string
  note?: string
  /** whose it may be, the likeliest first */
  perhaps?: PerhapsOwner[]
  phone_tail?: string
  photos?: string[]
  status: 'open' | 'claimed'
  units: CaseUnit[]
  waybill?: string
}

export interface UnmappedCode {
  carrier: string
  code: string
  count: number
  example: string
  last_at: string
}

export interface UnmappedCodes {
  codes: UnmappedCode[]
}

export interface Visit {
  fulfilment: string
  location: string
  lot?: string
  picked: number
  quantity: number
  seq: number
  sku: string
  status: string
  title: string
}

export interface VoidInput {
  /** none is all */
  shipments?: string[]
}

export interface Walk {
  created_at: string
  goods: WalkGoods[]
  id: string
  /** in order of the walk */
  lines: WalkLine[]
  method: string
  /** length of the walk; 0 = the locations have no coordinates */
  metres: number
  node: string
  picker?: string
  /** of the walk in order of pick_seq */
  plain_metres: number
  status: string
  /** one for each order of the walk; one for all of a walk of totals */
  totes: WalkTote[]
  updated_at: string
  wave?: string
  zone?: string
}

export interface WalkCode {
  code: string
  /** pieces in one */
  factor: number
}

export interface WalkGoods {
  /** beside the code of the SKU, which stands for one piece */
  codes: WalkCode[]
  sku: string
  title: string
}

export interface WalkLine {
  /** why it cannot be picked now, for people */
  blocked?: string
  fulfilment: string
  location: string
  lot?: string
  picked: number
  quantity: number
  seq: number
  sku: string
  status: string
  title: string
  /** number of the tote */
  tote: number
  zone: string
}

export interface WalkList {
  /** begun by the caller or assigned to them */
  mine: WalkSize[]
  /** for anybody, oldest first; at most 20 */
  ready: WalkSize[]
}

export interface WalkSavings {
  /** of the plain rule for the same fulfilments: as they come, the next walk when the trolley is full, S-shaped */
  first_come_metres: number
  metres: number
  /** of pickers: walking, finding, taking, sorting */
  minutes: number
  /** had every fulfilment been walked for by itself, the shortest way */
  plain_metres: number
  /** had every fulfilment been walked for by itself */
  plain_minutes: number
  /** of metres, those of walks for several fulfilments as they were divided */
  together_metres: number
  /** released in that time, at warehouses whose locations have coordinates */
  waves: number
}

export interface WalkSize {
  /** of the lines: picked, short or called off */
  closed: number
  created_at: string
  id: string
  lines: number
  method: string
  /** length of the walk; 0 = the locations have no coordinates */
  metres: number
  node: string
  /** that the walk is for */
  orders: number
  picker?: string
  /** of the walk in order of pick_seq */
  plain_metres: number
  status: string
  units: number
  updated_at: string
  wave?: string
  zone?: string
}

export interface WalkTote {
  fulfilment: string
  no: number
}

export interface Walking {
  /** goods have to be at the stage so long before their collection */
  ahead_minutes: number
  /** a line put into its box */
  box_seconds: number
  /** a place */
  find_seconds: number
  /** 100 to 10000 */
  mm_per_second: number
  /** code of the warehouse */
  node: string
  /** who walk at the same time, 1 to 1000 */
  pickers: number
  /** a walk: taking the trolley, handing over */
  set_up_seconds: number
  /** a unit */
  take_seconds: number
  /** shortest: the shortest way past the places; shelf_order: in the order of pick_seq, the plain rule */
  tours: 'shortest' | 'shelf_order'
}

export interface Walkings {
  walkings: Walking[]
}

export interface Wave {
  cutoff_at?: string
  /** left out when no walk was for several fulfilments, or the locations have no coordinates */
  division?: WaveDivision
  id: string
  lines: number
  method: string
  node: string
  orders: number
  /** had every fulfilment been walked for by itself, the shortest way */
  plain_metres: number
  /** had every fulfilment been walked for by itself */
  plain_minutes: number
  /** of all its walks, as planned at release; 0 = the locations have no coordinates */
  predicted_metres: number
  /** of pickers: walking, finding, taking, sorting */
  predicted_minutes: number
  released_at: string
  released_by: string
  /** walks */
  tasks: number
  /** done or called off */
  tasks_over: number
  template?: string
  /** of the walks that are over and were followed by scans; left out where there is none */
  walked?: WaveWalked
}

export interface WaveCandidate {
  /** the collection it has to leave with */
  cutoff_at?: string
  deadline?: string
  external_no: string
  fulfilment: string
  lines: number
  order: string
  units: number
  /** empty: its goods stand in several */
  zone: string
}

export interface WaveCandidates {
  candidates: WaveCandidate[]
  /** there are more than these */
  more: boolean
}

export interface WaveDivision {
  /** no division is shorter; 0 = not worked out */
  at_least_metres: number
  /** of the plain rule for the same fulfilments: as they come, the next walk when the trolley is full, S-shaped */
  first_come_metres: number
  fulfilments: number
  /** predicted when it was divided */
  metres: number
  rule: 'shortest' | 'first_come'
  walks: number
}

export interface WaveInput {
  /** without a template: all of one node */
  fulfilments?: string[]
  /** without a template; shape: each order by the method its shape asks for */
  method?: 'discrete' | 'batch' | 'shape'
  template?: string
}

export interface WaveJoined {
  /** of a walk of its own */
  alone_metres: number
  /** by how much the walk becomes longer */
  extra_metres: number
  fulfilment: string
  task: string
  wave: string
}

export interface WaveLive {
  cutoff_at?: string
  /** left out when no walk was for several fulfilments, or the locations have no coordinates */
  division?: WaveDivision
  /** when the last line closes at the pace so far; of a finished wave, when it did */
  finish_at?: string
  finished: boolean
  id: string
  /** it finishes after its cut-off */
  late: boolean
  lines: number
  /** of all pickers, since the release */
  lines_per_hour: number
  method: string
  node: string
  orders: number
  pickers: WavePicker[]
  /** had every fulfilment been walked for by itself, the shortest way */
  plain_metres: number
  /** had every fulfilment been walked for by itself */
  plain_minutes: number
  /** of all its walks, as planned at release; 0 = the locations have no coordinates */
  predicted_metres: number
  /** of pickers: walking, finding, taking, sorting */
  predicted_minutes: number
  progress: LineCounts
  released_at: string
  released_by: string
  /** the latest 100 */
  shorts: WaveShort[]
  /** walks */
  tasks: number
  /** done or called off */
  tasks_over: number
  template?: string
  units: number
  units_picked: number
  /** of the walks that are over and were followed by scans; left out where there is none */
  walked?: WaveWalked
  /** those that are not over first */
  walks: WaveWalk[]
  zones: WaveZone[]
}

export interface WaveLoad {
  lines: number
  orders: number
  units: number
  /** an estimate: where the goods are bound is known with the release */
  walks: number
}

export interface WaveOrder {
  /** picked, or found short */
  closed: number
  deadline?: string
  external_no: string
  fulfilment: string
  /** live ones of its order */
  holds: number
  /** without those that were called off */
  lines: number
  order: string
  short: number
  /** of the fulfilment */
  status: string
  task: string
}

export interface WaveOrders {
  next_cursor?: string
  orders: WaveOrder[]
}

export interface WaveOutcome {
  /** of the released: what a walk of an earlier wave of the template took along, that nobody had begun */
  joined?: WaveJoined[]
  refused: WaveRefused[]
  released: string[]
  tasks: string[]
  /** empty when nothing could be released, or all of it joined open walks */
  wave?: string
}

export interface WaveOutlook {
  cutoffs: CutoffLoad[]
  /** whose deadline is before the next collection */
  late: number
  lines: number
  /** more wait than the 1,000 that were looked at */
  more: boolean
  node: string
  orders: number
  templates: TemplateLoad[]
  units: number
  /** an estimate: where the goods are bound is known with the release */
  walks: number
  zones: ZoneLoad[]
}

export interface WaveOutlooks {
  nodes: WaveOutlook[]
}

export interface WavePage {
  next_cursor?: string
  waves: Wave[]
}

export interface WavePicker {
  /** picked, or found short */
  closed: number
  /** without those that were called off */
  lines: number
  /** closed lines of this wave since its release */
  lines_per_hour: number
  /** where the walk under way goes next */
  location?: string
  picker: string
  short: number
  /** the walk under way */
  task?: string
}

export interface WaveRefused {
  code: string
  fulfilment: string
  text: string
}

export interface WaveShort {
  fulfilment: string
  line: number
  location: string
  missing: number
  sku: string
  task: string
  title?: string
}

export interface WaveTemplate {
  /** whose cut-offs count; empty = all */
  carriers?: string[]
  enabled: boolean
  id?: string
  /** when waybills are taken and labels printed: with the wave, in the order of the walk, or after the check; empty = check */
  label_at?: 'release' | 'check'
  max_orders: number
  /** shape: each order by the method its shape asks for (urgent, bulky, hot, single, multi-line) */
  method: 'discrete' | 'batch' | 'shape'
  minutes_before_cutoff: number
  name: string
  /** code of the warehouse */
  node: string
  /** only what stands in these zones; empty = all */
  zones?: string[]
}

export interface WaveTemplates {
  templates: WaveTemplate[]
}

export interface WaveWalk {
  /** picked, or found short */
  closed: number
  /** without those that were called off */
  lines: number
  /** of the first line that is open */
  location?: string
  method: 'discrete' | 'batch' | 'bulk'
  picker?: string
  short: number
  status: string
  task: string
  updated_at: string
  zone?: string
}

export interface WaveWalked {
  /** along the racks from scan to scan, from the stage and back */
  metres: number
  /** from their beginning to their last scan */
  minutes: number
  /** of these walks */
  planned_metres: number
  walks: number
}

export interface WaveZone {
  /** picked, or found short */
  closed: number
  /** without those that were called off */
  lines: number
  short: number
  zone: string
}

export interface Webhook {
  created_at: string
  /** in a row, since the last delivery that was taken */
  failures: number
  id: string
  /** events that are sent; none = all */
  kinds: string[]
  note?: string
  /** why it is disabled, a code */
  reason?: string
  /** it is left alone until then */
  retry_at?: string
  /** shown once, when it is made */
  secret?: string
  state: 'active' | 'disabled'
  /** the reason as a sentence */
  text?: string
  url: string
}

export interface WebhookDelivery {
  attempts: number
  /** also the webhook-id */
  event: string
  event_at: string
  id: string
  kind: string
  order?: string
  /** a code */
  reason?: string
  sent_at?: string
  state: 'queued' | 'sent' | 'failed'
  /** of HTTP, the last answer */
  status?: number
  /** the reason as a sentence */
  text?: string
}

export interface WebhookDeliveryPage {
  deliveries: WebhookDelivery[]
  next_cursor?: string
}

export interface WebhookInput {
  /** none = all */
  kinds?: string[]
  note?: string
  url: string
}

export interface WebhookList {
  webhooks: Webhook[]
}

export interface Why {
  /** a code, or a sentence for the timeline */
  reason: string
}

export interface ZoneLoad {
  lines: number
  orders: number
  units: number
  /** an estimate: where the goods are bound is known with the release */
  walks: number
  /** empty: in several */
  zone: string
}

/** Every operation: what its path and query take, its body, and its answer. */
export interface Operations {
  /** Add a shop */
  'add-channel': {
    path: Record<string, never>
    query: Record<string, never>
    body: ChannelInput
    out: Channel
  }
  /** Add a warehouse */
  'add-node': {
    path: Record<string, never>
    query: Record<string, never>
    body: NewNode
    out: Node
  }
  /** Send events to a program from now on */
  'add-webhook': {
    path: Record<string, never>
    query: Record<string, never>
    body: WebhookInput
    out: Webhook
  }
  /** Decide once more over an order that waits for goods, at once */
  'allocate-order': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: AllocationResult
  }
  /** Say yes to a case that waits */
  'approve-case': {
    path: { id: string }
    query: Record<string, never>
    body: Decision
    out: Case
  }
  /** Let an order go; its review holds are lifted */
  'approve-order': {
    path: { id: string }
    query: Record<string, never>
    body: Note
    out: ReviewOutcome
  }
  /** Let money go that waits for a person */
  'approve-refund': {
    path: { id: string }
    query: Record<string, never>
    body: MoneyInput
    out: Refund
  }
  /** Ask the customer to confirm the address */
  'ask-order': {
    path: { id: string }
    query: Record<string, never>
    body: AskInput
    out: ReviewOutcome
  }
  /** Ask for money of a case to go back */
  'ask-refund': {
    path: { id: string }
    query: Record<string, never>
    body: RefundInput
    out: Refund
  }
  /** Give a task to a picker; to nobody when none is named */
  'assign-task': {
    path: { id: string }
    query: Record<string, never>
    body: Picker
    out: Task
  }
  /** Sign in with a password, for browsers */
  'begin-session': {
    path: Record<string, never>
    query: Record<string, never>
    body: SignIn
    out: Me
  }
  /** Call a case off of which nothing has come back */
  'cancel-case': {
    path: { id: string }
    query: Record<string, never>
    body: Decision
    out: Case
  }
  /** Call a count off; the book stays as it is */
  'cancel-count': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Count
  }
  /** Stop an export and throw its file away */
  'cancel-export': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Export
  }
  /** Take a line, or some of it, off an order */
  'cancel-line': {
    path: { id: string; no: string }
    query: Record<string, never>
    body: LineOff
    out: LineCancelled
  }
  /** Call an order off, at whatever stage it is */
  'cancel-order': {
    path: { id: string }
    query: Record<string, never>
    body: Why
    out: Cancelled
  }
  /** Take a job out of the queue */
  'cancel-print-job': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: PrintJob
  }
  /** Another password for the person who asks */
  'change-password': {
    path: Record<string, never>
    query: Record<string, never>
    body: NewPassword
    out: Done
  }
  /** Receive, adjust, move or re-grade loose stock */
  'change-stock': {
    path: Record<string, never>
    query: Record<string, never>
    body: StockChange
    out: Balance
  }
  /** Say where events go, and which */
  'change-webhook': {
    path: { id: string }
    query: Record<string, never>
    body: WebhookInput
    out: Webhook
  }
  /** The second check while it goes on; nothing is kept */
  'check-scans': {
    path: { id: string }
    query: Record<string, never>
    body: Scans
    out: CheckResult
  }
  /** Open a case for oneself */
  'claim-order': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Claim
  }
  /** Give a pooled parcel to its case */
  'claim-parcel': {
    path: { id: string }
    query: Record<string, never>
    body: ClaimInput
    out: Case
  }
  /** Nothing more is awaited */
  'close-case': {
    path: { id: string }
    query: Record<string, never>
    body: Decision
    out: Case
  }
  /** Book what was found in a place */
  'close-count': {
    path: { id: string }
    query: Record<string, never>
    body: Found
    out: Count
  }
  /** Say that an uncertain label came out */
  'confirm-print-job': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: PrintJob
  }
  /** How many cases and refunds wait in each state, up to 1000 */
  'count-cases': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: CaseCounts
  }
  /** How much waits for a person, how fast it goes, and how much needs nobody */
  'count-exceptions': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: ExceptionFigures
  }
  /** How much work of each kind waits, repeats or was given up */
  'count-jobs': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: JobCounts
  }
  /** How many orders stand in each queue, up to 1000+ */
  'count-orders': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Queues
  }
  /** How many parcels each view has, up to 1000 */
  'count-shipments': {
    path: Record<string, never>
    query: { node?: string }
    body: undefined
    out: TroubledCounts
  }
  /** Make an API key */
  'create-key': {
    path: Record<string, never>
    query: Record<string, never>
    body: KeyInput
    out: NewKey
  }
  /** Take in one order as the channel says it */
  'create-order': {
    path: Record<string, never>
    query: Record<string, never>
    body: Document
    out: Receipt
  }
  /** Take in up to 500 orders */
  'create-orders': {
    path: Record<string, never>
    query: Record<string, never>
    body: BulkOrders
    out: ResultsReceipt
  }
  /** Make an account */
  'create-user': {
    path: Record<string, never>
    query: Record<string, never>
    body: PersonInput
    out: Person
  }
  /** Take what has not left round the suspended areas */
  'detour': {
    path: Record<string, never>
    query: Record<string, never>
    body: Empty
    out: Detoured
  }
  /** Let somebody in no more */
  'disable-user': {
    path: { login: string }
    query: Record<string, never>
    body: Empty
    out: Done
  }
  /** Stop sending; the place in the event log is kept */
  'disable-webhook': {
    path: { id: string }
    query: Record<string, never>
    body: Nothing
    out: Webhook
  }
  /** Change a shop, or switch it off */
  'edit-channel': {
    path: { id: string }
    query: Record<string, never>
    body: ChannelInput
    out: Channel
  }
  /** Correct recipient, SKUs or notes; the rules look again */
  'edit-order': {
    path: { id: string }
    query: Record<string, never>
    body: OrderEdit
    out: ReviewOutcome
  }
  /** Let somebody in again, with the password they had */
  'enable-user': {
    path: { login: string }
    query: Record<string, never>
    body: Empty
    out: Done
  }
  /** Go on where it stopped, or from now */
  'enable-webhook': {
    path: { id: string }
    query: Record<string, never>
    body: EnableInput
    out: Webhook
  }
  /** Erase a person from what is stored */
  'erase-person': {
    path: Record<string, never>
    query: Record<string, never>
    body: ErasureInput
    out: Erasure
  }
  /** Write what a list shows into an XLSX or CSV file */
  'export-list': {
    path: Record<string, never>
    query: Record<string, never>
    body: ExportInput
    out: Export
  }
  /** Let an order go whatever stops it */
  'force-order': {
    path: { id: string }
    query: Record<string, never>
    body: Why
    out: ReviewOutcome
  }
  /** How warehouses are chosen */
  'get-allocation-policy': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: AllocationPolicy
  }
  /** What deciding over orders together saved, by day and in all */
  'get-allocation-savings': {
    path: Record<string, never>
    query: { from?: string; to?: string; zone?: string }
    body: undefined
    out: AllocationSavings
  }
  /** What may be sold now */
  'get-availability': {
    path: Record<string, never>
    query: { sku?: string[]; channel?: string }
    body: undefined
    out: Availabilities
  }
  /** Which warehouse would ship what no one ships yet, and why not the others */
  'get-candidates': {
    path: { id: string }
    query: { unreleased?: 'yes' }
    body: undefined
    out: AllocationOutlook
  }
  /** One case: what was asked for, what came, what went back */
  'get-case': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: CaseDetail
  }
  /** A picture the customer sent, as JPEG */
  'get-case-photo': {
    path: { id: string; photo: string }
    query: { size?: 'small' }
    body: undefined
    out: Empty
  }
  /** One shop, and how it goes with it */
  'get-channel': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Channel
  }
  /** The addresses of the pages for the customer of an order */
  'get-customer-links': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: CustomerLinks
  }
  /** How many labelled parcels wait for each carrier at a warehouse */
  'get-dock': {
    path: Record<string, never>
    query: { node?: string }
    body: undefined
    out: Dock
  }
  /** Who picked the goods from where, who packed and checked them, what the parcel weighed */
  'get-evidence': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: EvidenceList
  }
  /** How far an export is */
  'get-export': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Export
  }
  /** The file of an export */
  'get-export-file': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Empty
  }
  /** What came in, was picked, packed and left, hour by hour */
  'get-figures': {
    path: Record<string, never>
    query: { node?: string; from?: string; to?: string }
    body: undefined
    out: Figures
  }
  /** The plan of a warehouse: places, stock, picks, open work */
  'get-floor': {
    path: Record<string, never>
    query: { node?: string; days?: number }
    body: undefined
    out: Floor
  }
  /** One fulfilment with its lines, parcels and shipments */
  'get-fulfilment': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: FulfilmentDetail
  }
  /** How far the labels of the closed parcels are */
  'get-labels': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: ParcelLabels
  }
  /** One paper with its parcels */
  'get-manifest': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Paper
  }
  /** The paper as a file to print and sign */
  'get-manifest-file': {
    path: { id: string }
    query: { format?: 'csv' | 'xlsx' | 'pdf' }
    body: undefined
    out: Empty
  }
  /** What customers are told, over which channels and when */
  'get-notification-policy': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: NotificationPolicy
  }
  /** One order: lines, fulfilments, holds, debts, parcels, and where it stands */
  'get-order': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Order
  }
  /** Whoever placed an order: orders, parcels, cases, and what the person was told */
  'get-person': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: PersonFile
  }
  /** What the customer of an order would be asked */
  'get-question': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Question
  }
  /** How the company sorts what waits */
  'get-queueing': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Queueing
  }
  /** What may still go back, line by line */
  'get-refundable': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Refundable
  }
  /** The case whose goods this order replaces */
  'get-replaced': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Case
  }
  /** What is granted without asking a person */
  'get-return-policy': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Policy
  }
  /** How returned goods are picked */
  'get-returned-goods': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: ReturnedGoods
  }
  /** What the decisions saved against the plain rules */
  'get-savings': {
    path: Record<string, never>
    query: { from?: string; to?: string; warehouse?: string }
    body: undefined
    out: Savings
  }
  /** One shipment with the scans of its way */
  'get-shipment': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: ShipmentDetail
  }
  /** What stood where of a SKU at a moment */
  'get-standing': {
    path: Record<string, never>
    query: { sku?: string; at?: string }
    body: undefined
    out: StandingList
  }
  /** One task with its stops */
  'get-task': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: TaskDetail
  }
  /** What happened to an order, in the language asked for */
  'get-timeline': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Timeline
  }
  /** How far the work for the coming collections is, and how orders come in */
  'get-today': {
    path: Record<string, never>
    query: { node?: string }
    body: undefined
    out: Today
  }
  /** One parcel without an owner, and whose it may be */
  'get-unknown-parcel': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: UnknownParcel
  }
  /** A task with all that a handheld needs to work without a network */
  'get-walk': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Walk
  }
  /** How far a wave is: lines by zone and picker, forecast, shorts */
  'get-wave': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: WaveLive
  }
  /** What waits for a wave, by cut-off, zone and template */
  'get-wave-outlook': {
    path: Record<string, never>
    query: { node?: string }
    body: undefined
    out: WaveOutlooks
  }
  /** Grade goods and send them where they belong */
  'grade-case': {
    path: { id: string }
    query: Record<string, never>
    body: GradeInput
    out: Case
  }
  /** Good or defective: booked in, graded and moved in one call */
  'grade-return': {
    path: Record<string, never>
    query: Record<string, never>
    body: DeskGrade
    out: DeskAnswer
  }
  /** Say anew what somebody may do, and where */
  'grant-user': {
    path: { login: string }
    query: Record<string, never>
    body: GrantsInput
    out: Person
  }
  /** The scan at the dock */
  'hand-over': {
    path: Record<string, never>
    query: Record<string, never>
    body: HandOverInput
    out: Manifest
  }
  /** Stop an order for a reason */
  'hold-order': {
    path: { id: string }
    query: Record<string, never>
    body: HoldInput
    out: ReviewOutcome
  }
  /** Read a CSV or XLSX file: warehouses, locations, catalog, bundles, stock, rates, ladders, orders */
  'import': {
    path: { kind: string }
    query: { dry_run?: 'true'; channel?: string; shop?: string }
    body: Blob
    out: Answer
  }
  /** Ask a carrier for waybills; the answer comes as an event */
  'label': {
    path: { id: string }
    query: Record<string, never>
    body: LabelInput
    out: ShipOutcome
  }
  /** A return waybill: the one in hand, or one that a carrier is asked for */
  'label-case': {
    path: { id: string }
    query: Record<string, never>
    body: ReturnLabelInput
    out: Case
  }
  /** The label of a parcel as PDF, 100 × 150 mm */
  'label-pdf': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Blob
  }
  /** The label of a parcel as ZPL, 203 dpi */
  'label-zpl': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Blob
  }
  /** Give a case back */
  'leave-order': {
    path: { id: string }
    query: Record<string, never>
    body: LeaveInput
    out: Empty
  }
  /** Batches that were decided over together, the latest first */
  'list-allocation-batches': {
    path: Record<string, never>
    query: { cursor?: string; limit?: number }
    body: undefined
    out: AllocationBatchPage
  }
  /** By which rule orders get to each warehouse */
  'list-allocation-methods': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: AllocationMethods
  }
  /** Who did what: settings, people, keys, stock, files, sign-ins, reveals, erasures */
  'list-audit': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; actor?: string; object?: string; act?: string; since?: string; until?: string; sort?: 'newest' | 'oldest' }
    body: undefined
    out: AuditPage
  }
  /** What customers are owed, line by line */
  'list-back-orders': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string }
    body: undefined
    out: OwedPage
  }
  /** What a channel may not see of the stock */
  'list-buffers': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; channel?: string }
    body: undefined
    out: BufferPage
  }
  /** How many waybills the accounts have left */
  'list-carrier-accounts': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: CarrierAccounts
  }
  /** How carriers are called */
  'list-carrier-logins': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: CarrierLogins
  }
  /** By which rule cartons are proposed */
  'list-carton-rules': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: CartonRules
  }
  /** The pictures the customer sent with a case, in their order */
  'list-case-photos': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: CasePhotos
  }
  /** After-sales cases, oldest first */
  'list-cases': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; status?: 'requested' | 'approved' | 'received' | 'inspected' | 'closed' | 'rejected' | 'cancelled' | 'expired'; order?: string }
    body: undefined
    out: CasePage
  }
  /** The proof, by hour, that no order of a shop is missing */
  'list-channel-hours': {
    path: { id: string }
    query: { limit?: number; cursor?: string }
    body: undefined
    out: ChannelHours
  }
  /** What a shop was told, or is to be told, newest first */
  'list-channel-messages': {
    path: { id: string }
    query: { limit?: number; cursor?: string; state?: 'queued' | 'uncertain' | 'failed' }
    body: undefined
    out: ChannelMessages
  }
  /** What a shop said that could not be read, word for word, newest first */
  'list-channel-unreadable': {
    path: { id: string }
    query: { limit?: number; cursor?: string }
    body: undefined
    out: ChannelUnreadList
  }
  /** The shops, and how it goes with them */
  'list-channels': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: ChannelList
  }
  /** Places that wait to be counted */
  'list-counts': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string }
    body: undefined
    out: CountPage
  }
  /** Counts that are over, newest first */
  'list-counts-done': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string }
    body: undefined
    out: CountPage
  }
  /** The labelled parcels that wait for a carrier, oldest first */
  'list-dock-parcels': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string; carrier?: string }
    body: undefined
    out: DockParcels
  }
  /** The event feed, in an order in which none can be missed */
  'list-events': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; after?: string; kind?: string[]; wait?: number }
    body: undefined
    out: EventPage
  }
  /** What waits for a person, the nearest deadline first */
  'list-exceptions': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; cause?: '' | 'refund' | 'payment' | 'goods' | 'price' | 'address' | 'risk' | 'logistics' | 'rule' | 'stock' | 'parked' | 'snoozed' }
    body: undefined
    out: ExceptionPage
  }
  /** The exports of the caller, the newest first */
  'list-exports': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: ExportList
  }
  /** The things that a figure counts */
  'list-figure': {
    path: { figure: string }
    query: { limit?: number; cursor?: string; node?: string; from?: string; to?: string; part?: string }
    body: undefined
    out: FigureRows
  }
  /** The work of the warehouses, the most urgent first */
  'list-fulfilments': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string; status?: 'allocated' | 'released' | 'picked' | 'packed'; sort?: 'deadline' | 'fine' }
    body: undefined
    out: FulfilmentPage
  }
  /** Work that leaves the house, what is tried first before the rest */
  'list-jobs': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; view?: 'due' | 'later' | 'failed'; kind?: string }
    body: undefined
    out: JobPage
  }
  /** The API keys of the company */
  'list-keys': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Keys
  }
  /** Whom warehouses ask for waybills, in which order */
  'list-ladders': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Ladders
  }
  /** What has to leave with one collection, the most urgent first */
  'list-leaving': {
    path: Record<string, never>
    query: { node?: string; cutoff?: string; status?: string; limit?: number; cursor?: string }
    body: undefined
    out: LeavingOrders
  }
  /** The book of a SKU, newest first */
  'list-ledger': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; sku?: string; node?: string }
    body: undefined
    out: LedgerPage
  }
  /** What the warehouses have, SKU by SKU */
  'list-levels': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; query?: string; node?: string; state?: 'stocked' | 'out' | 'reserved' | 'blocked' | 'idle'; days?: number; owner?: string }
    body: undefined
    out: LevelPage
  }
  /** The locations of a warehouse, by code */
  'list-locations': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string }
    body: undefined
    out: LocationPage
  }
  /** Papers of hand-overs, newest first */
  'list-manifests': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string; carrier?: string }
    body: undefined
    out: PaperPage
  }
  /** Which SKUs a channel means, by its codes */
  'list-mappings': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; channel?: string }
    body: undefined
    out: MappingPage
  }
  /** The warehouses */
  'list-nodes': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: NodeList
  }
  /** What customers were told, the newest first */
  'list-notifications': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; order?: string; state?: 'queued' | 'failed' }
    body: undefined
    out: NotificationPage
  }
  /** List orders, newest first, or what waits by urgency */
  'list-orders': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; review?: string; fulfilment?: string; delivery?: string; payment?: string; channel?: string; shop?: string; kind?: string; placed_from?: string; placed_to?: string; open?: 'true'; sort?: 'deadline' | 'fine' }
    body: undefined
    out: OrderPage
  }
  /** Print jobs, newest first */
  'list-print-jobs': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; printer?: string; state?: 'queued' | 'sent' | 'uncertain' | 'printed' | 'failed' | 'cancelled' }
    body: undefined
    out: PrintJobPage
  }
  /** Printers and how they are */
  'list-printers': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: PrinterList
  }
  /** What carriers cost */
  'list-rates': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: RateList
  }
  /** Refunds, oldest first */
  'list-refunds': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; status?: 'requested' | 'approved' | 'sent' | 'failed' | 'done' | 'rejected'; order?: string }
    body: undefined
    out: RefundPage
  }
  /** The roles, and what each may do */
  'list-roles': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: RoleList
  }
  /** All a rule may ask about, with its type */
  'list-rule-inputs': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: RuleVocabulary
  }
  /** What was saved of a rule, the newest first */
  'list-rule-versions': {
    path: { code: string }
    query: { limit?: number }
    body: undefined
    out: RuleList
  }
  /** The review rules that hold now */
  'list-rules': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: RuleList
  }
  /** Orders of one recipient at one warehouse that no wave has taken, with what one parcel would save */
  'list-same-recipients': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string; apart?: 'yes' }
    body: undefined
    out: SameRecipientPage
  }
  /** Where a SKU stands, or what stands in a place */
  'list-shelves': {
    path: Record<string, never>
    query: { sku?: string; node?: string; location?: string }
    body: undefined
    out: ShelfList
  }
  /** Parcels with which something is wrong, the oldest first */
  'list-shipments': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; view?: 'any' | 'lost' | 'stuck' | 'promise' | 'failed' | 'returning' | 'unlabelled'; node?: string; carrier?: string }
    body: undefined
    out: TroubledPage
  }
  /** The catalogue, by code */
  'list-skus': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; query?: string; owner?: string }
    body: undefined
    out: SKUPage
  }
  /** What each node has of some SKUs */
  'list-stock': {
    path: Record<string, never>
    query: { sku?: string[] }
    body: undefined
    out: BalanceList
  }
  /** What must not go on and was not put aside yet */
  'list-stops': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string }
    body: undefined
    out: StopPage
  }
  /** What channels call goods that nobody knows */
  'list-strangers': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Strangers
  }
  /** Where carriers do not go */
  'list-suspensions': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: SuspensionList
  }
  /** Open pick tasks, oldest first */
  'list-tasks': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string; status?: 'ready' | 'assigned' | 'started'; picker?: string }
    body: undefined
    out: TaskPage
  }
  /** What the shop saved of one text, the newest first */
  'list-template-versions': {
    path: { notice: string; channel: string; language: string }
    query: { limit?: number }
    body: undefined
    out: TemplateList
  }
  /** The texts that hold now */
  'list-templates': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: TemplateList
  }
  /** Parcels for several orders that are not packed */
  'list-together': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string }
    body: undefined
    out: SharedPage
  }
  /** What one walk for several fulfilments takes */
  'list-trolleys': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Trolleys
  }
  /** Parcels that a shop knows of and no carrier has scanned since, newest first */
  'list-uncollected': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string }
    body: undefined
    out: ChannelMessages
  }
  /** Parcels without an owner, oldest first */
  'list-unknown-parcels': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string }
    body: undefined
    out: UnknownPage
  }
  /** Carriers' codes that have no meaning yet */
  'list-unmapped': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: UnmappedCodes
  }
  /** The people of the company, with roles and reach */
  'list-users': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: People
  }
  /** Which way walks go, how fast, and by how many */
  'list-walkings': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Walkings
  }
  /** The pick tasks of the caller, and those for anybody */
  'list-walks': {
    path: Record<string, never>
    query: { node?: string }
    body: undefined
    out: WalkList
  }
  /** What may go into a wave, the most urgent first */
  'list-wave-candidates': {
    path: Record<string, never>
    query: { node?: string; cutoff?: string; zone?: string; limit?: number }
    body: undefined
    out: WaveCandidates
  }
  /** What is in a wave, oldest first */
  'list-wave-orders': {
    path: { id: string }
    query: { limit?: number; cursor?: string }
    body: undefined
    out: WaveOrders
  }
  /** What is released by itself */
  'list-wave-templates': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: WaveTemplates
  }
  /** Waves, newest first */
  'list-waves': {
    path: Record<string, never>
    query: { limit?: number; cursor?: string; node?: string }
    body: undefined
    out: WavePage
  }
  /** What was sent to a webhook, the newest event first */
  'list-webhook-deliveries': {
    path: { id: string }
    query: { limit?: number; cursor?: string }
    body: undefined
    out: WebhookDeliveryPage
  }
  /** Programs that follow events */
  'list-webhooks': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: WebhookList
  }
  /** May this parcel go on? */
  'look-at-parcel': {
    path: Record<string, never>
    query: Record<string, never>
    body: ParcelScan
    out: ParcelLook
  }
  /** What a bar code means */
  'lookup': {
    path: Record<string, never>
    query: { code?: string; node?: string }
    body: undefined
    out: Lookup
  }
  /** Find an order by the channel's number */
  'lookup-order': {
    path: Record<string, never>
    query: { channel?: string; shop?: string; external_no?: string }
    body: undefined
    out: Order
  }
  /** The customer has paid what an exchange costs; give the reference */
  'mark-difference-paid': {
    path: { id: string }
    query: Record<string, never>
    body: MoneyInput
    out: Case
  }
  /** A person has paid; give the reference */
  'mark-refund-paid': {
    path: { id: string }
    query: Record<string, never>
    body: MoneyInput
    out: Refund
  }
  /** Put fulfilments of an order at one warehouse together */
  'merge-fulfilments': {
    path: { id: string }
    query: Record<string, never>
    body: MergeInput
    out: DecidedByHand
  }
  /** The walk to do next */
  'next-task': {
    path: Record<string, never>
    query: Record<string, never>
    body: NextInput
    out: NextTask
  }
  /** What stands behind a scan at the packing bench */
  'open-bench': {
    path: Record<string, never>
    query: { code?: string }
    body: undefined
    out: Bench
  }
  /** Ask for a return, an exchange, a reship or a refund */
  'open-case': {
    path: { id: string }
    query: Record<string, never>
    body: CaseInput
    out: Case
  }
  /** Open the order that gets an item of a walk of totals */
  'open-item': {
    path: Record<string, never>
    query: Record<string, never>
    body: ItemInput
    out: Bench
  }
  /** Have a place or a SKU counted */
  'order-counts': {
    path: Record<string, never>
    query: Record<string, never>
    body: CountAsked
    out: CountsOpened
  }
  /** Give an order, or some of its goods, to a warehouse by hand */
  'override-order': {
    path: { id: string }
    query: Record<string, never>
    body: OverrideInput
    out: DecidedByHand
  }
  /** Close the parcels */
  'pack': {
    path: { id: string }
    query: Record<string, never>
    body: PackInput
    out: Packed
  }
  /** Close the parcels of up to 500 */
  'pack-many': {
    path: Record<string, never>
    query: Record<string, never>
    body: BulkPackItem
    out: ResultsPacked
  }
  /** Do not wait for those of a parcel that are not picked */
  'pack-without': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: SeparateResult
  }
  /** Say what was picked */
  'pick': {
    path: { id: string }
    query: Record<string, never>
    body: PickInput
    out: Picked
  }
  /** Say what was picked of up to 500 */
  'pick-many': {
    path: Record<string, never>
    query: Record<string, never>
    body: BulkPickItem
    out: ResultsPicked
  }
  /** Pool a parcel that nobody announced */
  'pool-parcel': {
    path: Record<string, never>
    query: Record<string, never>
    body: PoolInput
    out: UnknownParcel
  }
  /** A text with an order in it, without saving it */
  'preview-template': {
    path: { notice: string; channel: string; language: string }
    query: Record<string, never>
    body: TemplateTrial
    out: Rendered
  }
  /** Print the label of a parcel, once */
  'print-label': {
    path: { id: string }
    query: Record<string, never>
    body: StationInput
    out: PrintJob
  }
  /** How it should be packed: cartons, contents, places */
  'propose-parcels': {
    path: { id: string }
    query: Record<string, never>
    body: undefined
    out: Proposal
  }
  /** Let fulfilments travel by themselves again */
  'put-separate': {
    path: Record<string, never>
    query: Record<string, never>
    body: SeparateInput
    out: SeparateResult
  }
  /** Put orders of one recipient into one parcel */
  'put-together': {
    path: Record<string, never>
    query: Record<string, never>
    body: TogetherInput
    out: TogetherResult
  }
  /** Make the index of the search again */
  'rebuild-search': {
    path: Record<string, never>
    query: Record<string, never>
    body: Empty
    out: Rebuilding
  }
  /** Goods of a case came in: they stand in quarantine */
  'receive-case': {
    path: { id: string }
    query: Record<string, never>
    body: CameInput
    out: Case
  }
  /** What a carrier tells of a parcel; known scans change nothing */
  'receive-track': {
    path: Record<string, never>
    query: Record<string, never>
    body: TrackInput
    out: TrackOutcome
  }
  /** Take back what no wave has taken and let allocation decide over it again */
  'redecide-order': {
    path: { id: string }
    query: Record<string, never>
    body: RedecideInput
    out: DecidedByHand
  }
  /** Say no to a case that waits; the note is for the customer */
  'reject-case': {
    path: { id: string }
    query: Record<string, never>
    body: Decision
    out: Case
  }
  /** The warehouse cannot do it: allocation tries another */
  'reject-fulfilment': {
    path: { id: string }
    query: Record<string, never>
    body: Why
    out: Rerouted
  }
  /** End an order before any node has begun with it */
  'reject-order': {
    path: { id: string }
    query: Record<string, never>
    body: Why
    out: ReviewOutcome
  }
  /** Keep the money; the note is for the customer */
  'reject-refund': {
    path: { id: string }
    query: Record<string, never>
    body: MoneyInput
    out: Refund
  }
  /** Bind the goods to locations and make the pick task */
  'release': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Released
  }
  /** Lift one hold; with the last one the order goes on */
  'release-hold': {
    path: { id: string }
    query: Record<string, never>
    body: Note
    out: ReviewOutcome
  }
  /** Release up to 500, each by itself */
  'release-many': {
    path: Record<string, never>
    query: Record<string, never>
    body: BulkItem
    out: ResultsReleased
  }
  /** Release together */
  'release-wave': {
    path: Record<string, never>
    query: Record<string, never>
    body: WaveInput
    out: WaveOutcome
  }
  /** The customer asks where it is: it goes before others */
  'remind-order': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Reminded
  }
  /** Let the channel's general buffer hold for a SKU again */
  'remove-buffer': {
    path: Record<string, never>
    query: Record<string, never>
    body: BufferName
    out: Done
  }
  /** Forget which SKU a channel means by a code */
  'remove-mapping': {
    path: Record<string, never>
    query: Record<string, never>
    body: MappingName
    out: Done
  }
  /** Send deliveries again, by id or by time of the event */
  'replay-webhook': {
    path: { id: string }
    query: Record<string, never>
    body: ReplayInput
    out: ReplayOutcome
  }
  /** Print a label a second time, with a reason */
  'reprint': {
    path: { id: string }
    query: Record<string, never>
    body: ReprintInput
    out: PrintJob
  }
  /** Send a message once more */
  'resend-notification': {
    path: { id: string }
    query: Record<string, never>
    body: Nothing
    out: Notification
  }
  /** Give somebody another password */
  'reset-password': {
    path: { login: string }
    query: Record<string, never>
    body: PasswordInput
    out: ResetPassword
  }
  /** It goes there again */
  'resume': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Item
  }
  /** Tell a shop again */
  'retry-channel-message': {
    path: { id: string; message: string }
    query: Record<string, never>
    body: Empty
    out: ChannelMessage
  }
  /** Try a job at once */
  'retry-job': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: Done
  }
  /** Print one that failed, was cancelled, or did not come out */
  'retry-print-job': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: PrintJob
  }
  /** Tell the shop again of a refund that failed; it is asked first */
  'retry-refund': {
    path: { id: string }
    query: Record<string, never>
    body: MoneyInput
    out: Refund
  }
  /** The recipient in plain text, for a purpose */
  'reveal-order': {
    path: { id: string }
    query: Record<string, never>
    body: Reveal
    out: Revealed
  }
  /** End an API key */
  'revoke-key': {
    path: { name: string }
    query: Record<string, never>
    body: Empty
    out: Revoked
  }
  /** Make a new secret */
  'rotate-webhook': {
    path: { id: string }
    query: Record<string, never>
    body: Nothing
    out: Webhook
  }
  /** Decide now over everything that waits for goods or a warehouse */
  'run-allocation': {
    path: Record<string, never>
    query: Record<string, never>
    body: Empty
    out: AllocationRan
  }
  /** Set the rule by which orders get to a warehouse */
  'save-allocation-method': {
    path: Record<string, never>
    query: Record<string, never>
    body: AllocationMethod
    out: AllocationMethod
  }
  /** Say how warehouses are chosen */
  'save-allocation-policy': {
    path: Record<string, never>
    query: Record<string, never>
    body: AllocationPolicy
    out: AllocationPolicy
  }
  /** Hide a part of the stock from a channel */
  'save-buffer': {
    path: Record<string, never>
    query: Record<string, never>
    body: Buffer
    out: Buffer
  }
  /** Say how a carrier is called from now on */
  'save-carrier-login': {
    path: Record<string, never>
    query: Record<string, never>
    body: CarrierLoginInput
    out: CarrierLogin
  }
  /** Set the rule by which cartons are proposed at a warehouse */
  'save-carton-rule': {
    path: Record<string, never>
    query: Record<string, never>
    body: CartonRule
    out: CartonRule
  }
  /** Say whom a warehouse asks, in which order */
  'save-ladder': {
    path: Record<string, never>
    query: Record<string, never>
    body: Ladder
    out: Ladder
  }
  /** Say which SKU a channel means by a code */
  'save-mapping': {
    path: Record<string, never>
    query: Record<string, never>
    body: Mapping
    out: Mapping
  }
  /** Change a warehouse */
  'save-node': {
    path: { node: string }
    query: Record<string, never>
    body: NodeInput
    out: Node
  }
  /** Say what customers are told from now on */
  'save-notification-policy': {
    path: Record<string, never>
    query: Record<string, never>
    body: NotificationPolicy
    out: NotificationPolicy
  }
  /** Add a printer, or with an id change one */
  'save-printer': {
    path: Record<string, never>
    query: Record<string, never>
    body: PrinterItem
    out: PrinterItem
  }
  /** Say what a late order costs at each channel */
  'save-queueing': {
    path: Record<string, never>
    query: Record<string, never>
    body: Queueing
    out: Queueing
  }
  /** Set what is granted without asking a person */
  'save-return-policy': {
    path: Record<string, never>
    query: Record<string, never>
    body: Policy
    out: Policy
  }
  /** Say how returned goods are picked */
  'save-returned-goods': {
    path: Record<string, never>
    query: Record<string, never>
    body: ReturnedGoods
    out: ReturnedGoods
  }
  /** Add a version of a rule, or a new rule */
  'save-rule': {
    path: { code: string }
    query: Record<string, never>
    body: RuleInput
    out: Rule
  }
  /** Add a SKU, or make a known one say this */
  'save-sku': {
    path: Record<string, never>
    query: Record<string, never>
    body: SKU
    out: SKU
  }
  /** Add a version of a text */
  'save-template': {
    path: { notice: string; channel: string; language: string }
    query: Record<string, never>
    body: TemplateInput
    out: Template
  }
  /** Set the trolley of a warehouse, and the rule that fills it */
  'save-trolley': {
    path: Record<string, never>
    query: Record<string, never>
    body: Trolley
    out: Trolley
  }
  /** Set which way walks go at a warehouse, how fast, and by how many */
  'save-walking': {
    path: Record<string, never>
    query: Record<string, never>
    body: Walking
    out: Walking
  }
  /** Add a template, or with an id change one */
  'save-wave-template': {
    path: Record<string, never>
    query: Record<string, never>
    body: WaveTemplate
    out: WaveTemplate
  }
  /** One scan of a walk */
  'scan': {
    path: Record<string, never>
    query: Record<string, never>
    body: ScanInput
    out: ScanAnswer
  }
  /** Whose parcel is this? */
  'scan-return': {
    path: Record<string, never>
    query: Record<string, never>
    body: DeskScan
    out: DeskAnswer
  }
  /** Find orders by number, waybill, SKU, end of a telephone number or name */
  'search-orders': {
    path: Record<string, never>
    query: { q?: string; limit?: number; cursor?: string }
    body: undefined
    out: SearchPage
  }
  /** Say that orders of one recipient go apart */
  'set-orders-apart': {
    path: Record<string, never>
    query: Record<string, never>
    body: ApartInput
    out: ApartResult
  }
  /** Hand over under a waybill in hand */
  'ship': {
    path: { id: string }
    query: Record<string, never>
    body: ShipInput
    out: ShipOutcome
  }
  /** Hand over up to 500 */
  'ship-many': {
    path: Record<string, never>
    query: Record<string, never>
    body: BulkShipItem
    out: ResultsShipOutcome
  }
  /** Less was found than a line asks for: the rest is found elsewhere or owed */
  'short-pick': {
    path: { id: string }
    query: Record<string, never>
    body: ShortInput
    out: ShortPicked
  }
  /** End this session */
  'sign-out': {
    path: Record<string, never>
    query: Record<string, never>
    body: Empty
    out: Done
  }
  /** End all sessions of the person who asks */
  'sign-out-everywhere': {
    path: Record<string, never>
    query: Record<string, never>
    body: Empty
    out: Done
  }
  /** End all sessions of somebody */
  'sign-out-user': {
    path: { login: string }
    query: Record<string, never>
    body: Empty
    out: Done
  }
  /** Put a case off */
  'snooze-order': {
    path: { id: string }
    query: Record<string, never>
    body: SnoozeInput
    out: Claim
  }
  /** Put some of the goods into a fulfilment of their own */
  'split-fulfilment': {
    path: { id: string }
    query: Record<string, never>
    body: SplitInput
    out: DecidedByHand
  }
  /** A picker begins to walk */
  'start-task': {
    path: { id: string }
    query: Record<string, never>
    body: Picker
    out: Task
  }
  /** The event feed as server-sent events */
  'stream-events': {
    path: Record<string, never>
    query: { kind?: string[]; order?: string; node?: string; after?: string }
    body: undefined
    out: Blob
  }
  /** A carrier does not go somewhere for a time */
  'suspend': {
    path: Record<string, never>
    query: Record<string, never>
    body: Suspension
    out: Item
  }
  /** A message of a shop, signed as its connector wants it */
  'take-hook': {
    path: { company: string; channel: string }
    query: Record<string, never>
    body: Record<string, unknown>
    out: Heard
  }
  /** Call a carrier by its log-in, and change nothing there */
  'test-carrier-login': {
    path: Record<string, never>
    query: Record<string, never>
    body: CarrierName
    out: CarrierAnswer
  }
  /** Ask a shop for the next page, and keep nothing of it */
  'test-channel': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: ChannelTest
  }
  /** Print a test label */
  'test-printer': {
    path: { id: string }
    query: Record<string, never>
    body: Empty
    out: PrintJob
  }
  /** Send a text to one of us, without saving it */
  'test-template': {
    path: { notice: string; channel: string; language: string }
    query: Record<string, never>
    body: TemplateTrial
    out: TestSent
  }
  /** What each carrier takes for a parcel, and who would get it */
  'try-carriers': {
    path: Record<string, never>
    query: Record<string, never>
    body: ParcelTrial
    out: CarrierChoice
  }
  /** What a return policy would do with an order */
  'try-return-policy': {
    path: { id: string }
    query: Record<string, never>
    body: ReturnTrialInput
    out: ReturnTrial
  }
  /** What a rule would do to the newest orders; nothing is kept */
  'try-rule': {
    path: { code: string }
    query: Record<string, never>
    body: RuleTrial
    out: RuleTrialResult
  }
  /** Take waybills back */
  'void': {
    path: { id: string }
    query: Record<string, never>
    body: VoidInput
    out: ShipOutcome
  }
  /** Who asks, with which rights; for a key too */
  'who-am-i': {
    path: Record<string, never>
    query: Record<string, never>
    body: undefined
    out: Me
  }
}

/** Method and path of every operation. */
export const operations: Record<keyof Operations, string> = {
  'add-channel': 'POST /v1/channels',
  'add-node': 'POST /v1/nodes',
  'add-webhook': 'POST /v1/webhooks',
  'allocate-order': 'POST /v1/orders/{id}/allocate',
  'approve-case': 'POST /v1/returns/{id}/approve',
  'approve-order': 'POST /v1/orders/{id}/approve',
  'approve-refund': 'POST /v1/refunds/{id}/approve',
  'ask-order': 'POST /v1/orders/{id}/ask',
  'ask-refund': 'POST /v1/returns/{id}/refund',
  'assign-task': 'POST /v1/tasks/{id}/assign',
  'begin-session': 'POST /v1/session',
  'cancel-case': 'POST /v1/returns/{id}/cancel',
  'cancel-count': 'POST /v1/counts/{id}/cancel',
  'cancel-export': 'POST /v1/exports/{id}/cancel',
  'cancel-line': 'POST /v1/orders/{id}/lines/{no}/cancel',
  'cancel-order': 'POST /v1/orders/{id}/cancel',
  'cancel-print-job': 'POST /v1/print-jobs/{id}/cancel',
  'change-password': 'POST /v1/session/password',
  'change-stock': 'POST /v1/stock',
  'change-webhook': 'PUT /v1/webhooks/{id}',
  'check-scans': 'POST /v1/fulfilments/{id}/check',
  'claim-order': 'POST /v1/orders/{id}/claim',
  'claim-parcel': 'POST /v1/unknown-parcels/{id}/claim',
  'close-case': 'POST /v1/returns/{id}/close',
  'close-count': 'POST /v1/counts/{id}/close',
  'confirm-print-job': 'POST /v1/print-jobs/{id}/confirm',
  'count-cases': 'GET /v1/returns/counts',
  'count-exceptions': 'GET /v1/exceptions/counts',
  'count-jobs': 'GET /v1/jobs/counts',
  'count-orders': 'GET /v1/orders/counts',
  'count-shipments': 'GET /v1/shipments/counts',
  'create-key': 'POST /v1/keys',
  'create-order': 'POST /v1/orders',
  'create-orders': 'POST /v1/orders/bulk',
  'create-user': 'POST /v1/users',
  'detour': 'POST /v1/suspensions/detour',
  'disable-user': 'POST /v1/users/{login}/disable',
  'disable-webhook': 'POST /v1/webhooks/{id}/disable',
  'edit-channel': 'PUT /v1/channels/{id}',
  'edit-order': 'POST /v1/orders/{id}/edit',
  'enable-user': 'POST /v1/users/{login}/enable',
  'enable-webhook': 'POST /v1/webhooks/{id}/enable',
  'erase-person': 'POST /v1/erasures',
  'export-list': 'POST /v1/exports',
  'force-order': 'POST /v1/orders/{id}/force',
  'get-allocation-policy': 'GET /v1/allocation-policy',
  'get-allocation-savings': 'GET /v1/allocations/savings',
  'get-availability': 'GET /v1/availability',
  'get-candidates': 'GET /v1/orders/{id}/candidates',
  'get-case': 'GET /v1/returns/{id}',
  'get-case-photo': 'GET /v1/returns/{id}/photos/{photo}',
  'get-channel': 'GET /v1/channels/{id}',
  'get-customer-links': 'GET /v1/orders/{id}/links',
  'get-dock': 'GET /v1/dock',
  'get-evidence': 'GET /v1/returns/{id}/evidence',
  'get-export': 'GET /v1/exports/{id}',
  'get-export-file': 'GET /v1/exports/{id}/file',
  'get-figures': 'GET /v1/figures',
  'get-floor': 'GET /v1/floor',
  'get-fulfilment': 'GET /v1/fulfilments/{id}',
  'get-labels': 'GET /v1/fulfilments/{id}/labels',
  'get-manifest': 'GET /v1/manifests/{id}',
  'get-manifest-file': 'GET /v1/manifests/{id}/file',
  'get-notification-policy': 'GET /v1/notifications/policy',
  'get-order': 'GET /v1/orders/{id}',
  'get-person': 'GET /v1/orders/{id}/person',
  'get-question': 'GET /v1/orders/{id}/question',
  'get-queueing': 'GET /v1/queueing',
  'get-refundable': 'GET /v1/orders/{id}/refundable',
  'get-replaced': 'GET /v1/orders/{id}/replaces',
  'get-return-policy': 'GET /v1/return-policy',
  'get-returned-goods': 'GET /v1/returned-goods',
  'get-savings': 'GET /v1/savings',
  'get-shipment': 'GET /v1/shipments/{id}',
  'get-standing': 'GET /v1/stock/as-of',
  'get-task': 'GET /v1/tasks/{id}',
  'get-timeline': 'GET /v1/orders/{id}/timeline',
  'get-today': 'GET /v1/today',
  'get-unknown-parcel': 'GET /v1/unknown-parcels/{id}',
  'get-walk': 'GET /pda/v1/tasks/{id}',
  'get-wave': 'GET /v1/waves/{id}',
  'get-wave-outlook': 'GET /v1/wave-outlook',
  'grade-case': 'POST /v1/returns/{id}/grade',
  'grade-return': 'POST /pda/v1/returns/grade',
  'grant-user': 'PUT /v1/users/{login}',
  'hand-over': 'POST /v1/handovers',
  'hold-order': 'POST /v1/orders/{id}/hold',
  'import': 'POST /v1/imports/{kind}',
  'label': 'POST /v1/fulfilments/{id}/label',
  'label-case': 'POST /v1/returns/{id}/label',
  'label-pdf': 'GET /v1/parcels/{id}/label.pdf',
  'label-zpl': 'GET /v1/parcels/{id}/label.zpl',
  'leave-order': 'POST /v1/orders/{id}/leave',
  'list-allocation-batches': 'GET /v1/allocations/batches',
  'list-allocation-methods': 'GET /v1/allocation-methods',
  'list-audit': 'GET /v1/audit',
  'list-back-orders': 'GET /v1/back-orders',
  'list-buffers': 'GET /v1/buffers',
  'list-carrier-accounts': 'GET /v1/carriers/accounts',
  'list-carrier-logins': 'GET /v1/carriers/logins',
  'list-carton-rules': 'GET /v1/carton-rules',
  'list-case-photos': 'GET /v1/returns/{id}/photos',
  'list-cases': 'GET /v1/returns',
  'list-channel-hours': 'GET /v1/channels/{id}/completeness',
  'list-channel-messages': 'GET /v1/channels/{id}/messages',
  'list-channel-unreadable': 'GET /v1/channels/{id}/unreadable',
  'list-channels': 'GET /v1/channels',
  'list-counts': 'GET /v1/counts',
  'list-counts-done': 'GET /v1/counts/done',
  'list-dock-parcels': 'GET /v1/dock/parcels',
  'list-events': 'GET /v1/events',
  'list-exceptions': 'GET /v1/exceptions',
  'list-exports': 'GET /v1/exports',
  'list-figure': 'GET /v1/figures/{figure}/rows',
  'list-fulfilments': 'GET /v1/fulfilments',
  'list-jobs': 'GET /v1/jobs',
  'list-keys': 'GET /v1/keys',
  'list-ladders': 'GET /v1/carriers/ladders',
  'list-leaving': 'GET /v1/today/orders',
  'list-ledger': 'GET /v1/stock/ledger',
  'list-levels': 'GET /v1/stock/levels',
  'list-locations': 'GET /v1/locations',
  'list-manifests': 'GET /v1/manifests',
  'list-mappings': 'GET /v1/mappings',
  'list-nodes': 'GET /v1/nodes',
  'list-notifications': 'GET /v1/notifications',
  'list-orders': 'GET /v1/orders',
  'list-print-jobs': 'GET /v1/print-jobs',
  'list-printers': 'GET /v1/printers',
  'list-rates': 'GET /v1/rates',
  'list-refunds': 'GET /v1/refunds',
  'list-roles': 'GET /v1/roles',
  'list-rule-inputs': 'GET /v1/rules/inputs',
  'list-rule-versions': 'GET /v1/rules/{code}/versions',
  'list-rules': 'GET /v1/rules',
  'list-same-recipients': 'GET /v1/same-recipients',
  'list-shelves': 'GET /v1/stock/shelves',
  'list-shipments': 'GET /v1/shipments',
  'list-skus': 'GET /v1/skus',
  'list-stock': 'GET /v1/stock',
  'list-stops': 'GET /v1/stops',
  'list-strangers': 'GET /v1/mappings/strangers',
  'list-suspensions': 'GET /v1/suspensions',
  'list-tasks': 'GET /v1/tasks',
  'list-template-versions': 'GET /v1/templates/{notice}/{channel}/{language}/versions',
  'list-templates': 'GET /v1/templates',
  'list-together': 'GET /v1/same-recipients/together',
  'list-trolleys': 'GET /v1/trolleys',
  'list-uncollected': 'GET /v1/uncollected',
  'list-unknown-parcels': 'GET /v1/unknown-parcels',
  'list-unmapped': 'GET /v1/tracks/unmapped',
  'list-users': 'GET /v1/users',
  'list-walkings': 'GET /v1/walkings',
  'list-walks': 'GET /pda/v1/tasks',
  'list-wave-candidates': 'GET /v1/wave-candidates',
  'list-wave-orders': 'GET /v1/waves/{id}/orders',
  'list-wave-templates': 'GET /v1/wave-templates',
  'list-waves': 'GET /v1/waves',
  'list-webhook-deliveries': 'GET /v1/webhooks/{id}/deliveries',
  'list-webhooks': 'GET /v1/webhooks',
  'look-at-parcel': 'POST /pda/v1/parcels/scan',
  'lookup': 'GET /pda/v1/lookup',
  'lookup-order': 'GET /v1/orders/lookup',
  'mark-difference-paid': 'POST /v1/returns/{id}/paid',
  'mark-refund-paid': 'POST /v1/refunds/{id}/paid',
  'merge-fulfilments': 'POST /v1/orders/{id}/merge',
  'next-task': 'POST /pda/v1/tasks/next',
  'open-bench': 'GET /v1/bench',
  'open-case': 'POST /v1/orders/{id}/returns',
  'open-item': 'POST /v1/bench/items',
  'order-counts': 'POST /v1/counts',
  'override-order': 'POST /v1/orders/{id}/override',
  'pack': 'POST /v1/fulfilments/{id}/pack',
  'pack-many': 'POST /v1/fulfilments/pack',
  'pack-without': 'POST /v1/fulfilments/{id}/without',
  'pick': 'POST /v1/fulfilments/{id}/pick',
  'pick-many': 'POST /v1/fulfilments/pick',
  'pool-parcel': 'POST /v1/unknown-parcels',
  'preview-template': 'POST /v1/templates/{notice}/{channel}/{language}/preview',
  'print-label': 'POST /v1/parcels/{id}/print',
  'propose-parcels': 'GET /v1/fulfilments/{id}/proposal',
  'put-separate': 'POST /v1/same-recipients/separate',
  'put-together': 'POST /v1/same-recipients/together',
  'rebuild-search': 'POST /v1/search/rebuild',
  'receive-case': 'POST /v1/returns/{id}/receive',
  'receive-track': 'POST /v1/tracks',
  'redecide-order': 'POST /v1/orders/{id}/redecide',
  'reject-case': 'POST /v1/returns/{id}/reject',
  'reject-fulfilment': 'POST /v1/fulfilments/{id}/reject',
  'reject-order': 'POST /v1/orders/{id}/reject',
  'reject-refund': 'POST /v1/refunds/{id}/reject',
  'release': 'POST /v1/fulfilments/{id}/release',
  'release-hold': 'POST /v1/holds/{id}/release',
  'release-many': 'POST /v1/fulfilments/release',
  'release-wave': 'POST /v1/waves',
  'remind-order': 'POST /v1/orders/{id}/remind',
  'remove-buffer': 'POST /v1/buffers/remove',
  'remove-mapping': 'POST /v1/mappings/remove',
  'replay-webhook': 'POST /v1/webhooks/{id}/replay',
  'reprint': 'POST /v1/print-jobs/{id}/reprint',
  'resend-notification': 'POST /v1/notifications/{id}/resend',
  'reset-password': 'POST /v1/users/{login}/password',
  'resume': 'POST /v1/suspensions/{id}/end',
  'retry-channel-message': 'POST /v1/channels/{id}/messages/{message}/retry',
  'retry-job': 'POST /v1/jobs/{id}/retry',
  'retry-print-job': 'POST /v1/print-jobs/{id}/retry',
  'retry-refund': 'POST /v1/refunds/{id}/retry',
  'reveal-order': 'POST /v1/orders/{id}/reveal',
  'revoke-key': 'POST /v1/keys/{name}/revoke',
  'rotate-webhook': 'POST /v1/webhooks/{id}/rotate',
  'run-allocation': 'POST /v1/allocations/run',
  'save-allocation-method': 'POST /v1/allocation-methods',
  'save-allocation-policy': 'POST /v1/allocation-policy',
  'save-buffer': 'PUT /v1/buffers',
  'save-carrier-login': 'POST /v1/carriers/logins',
  'save-carton-rule': 'POST /v1/carton-rules',
  'save-ladder': 'POST /v1/carriers/ladders',
  'save-mapping': 'PUT /v1/mappings',
  'save-node': 'PUT /v1/nodes/{node}',
  'save-notification-policy': 'PUT /v1/notifications/policy',
  'save-printer': 'POST /v1/printers',
  'save-queueing': 'POST /v1/queueing',
  'save-return-policy': 'POST /v1/return-policy',
  'save-returned-goods': 'POST /v1/returned-goods',
  'save-rule': 'PUT /v1/rules/{code}',
  'save-sku': 'POST /v1/skus',
  'save-template': 'PUT /v1/templates/{notice}/{channel}/{language}',
  'save-trolley': 'POST /v1/trolleys',
  'save-walking': 'POST /v1/walkings',
  'save-wave-template': 'POST /v1/wave-templates',
  'scan': 'POST /pda/v1/scan',
  'scan-return': 'POST /pda/v1/returns/scan',
  'search-orders': 'GET /v1/search',
  'set-orders-apart': 'POST /v1/same-recipients/apart',
  'ship': 'POST /v1/fulfilments/{id}/ship',
  'ship-many': 'POST /v1/fulfilments/ship',
  'short-pick': 'POST /v1/tasks/{id}/short',
  'sign-out': 'DELETE /v1/session',
  'sign-out-everywhere': 'POST /v1/session/everywhere',
  'sign-out-user': 'POST /v1/users/{login}/sign-out',
  'snooze-order': 'POST /v1/orders/{id}/snooze',
  'split-fulfilment': 'POST /v1/fulfilments/{id}/split',
  'start-task': 'POST /v1/tasks/{id}/start',
  'stream-events': 'GET /v1/stream',
  'suspend': 'POST /v1/suspensions',
  'take-hook': 'POST /hooks/{company}/{channel}',
  'test-carrier-login': 'POST /v1/carriers/logins/test',
  'test-channel': 'POST /v1/channels/{id}/test',
  'test-printer': 'POST /v1/printers/{id}/test',
  'test-template': 'POST /v1/templates/{notice}/{channel}/{language}/test',
  'try-carriers': 'POST /v1/carriers/try',
  'try-return-policy': 'POST /v1/orders/{id}/returns/try',
  'try-rule': 'POST /v1/rules/{code}/try',
  'void': 'POST /v1/fulfilments/{id}/void',
  'who-am-i': 'GET /v1/session',
}
